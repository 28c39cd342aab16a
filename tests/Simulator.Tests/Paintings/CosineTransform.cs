namespace Darkroom.Simulator.Tests.Paintings;

/// <summary>The inverse cosine transform of JPEG, by its definition: rows first, then columns.</summary>
static class CosineTransform
{
    public static void Inverse(double[,] coefficients, double[,] samples, int left, int top)
    {
        var rows = new double[8, 8];
        for (var v = 0; v < 8; v++)
        {
            for (var x = 0; x < 8; x++)
            {
                for (var u = 0; u < 8; u++)
                    rows[v, x] += coefficients[v, u] * Wave(u, x);
            }
        }

        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 8; x++)
            {
                var sum = 0d;
                for (var v = 0; v < 8; v++)
                    sum += rows[v, x] * Wave(v, y);
                samples[top + y, left + x] = sum;
            }
        }
    }

    static double Wave(int frequency, int position) =>
        (frequency == 0 ? Math.Sqrt(0.5) : 1) / 2 * Math.Cos((2 * position + 1) * frequency * Math.PI / 16);
}
