using System.Runtime.CompilerServices;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>
/// The few curves everything is drawn with. No sine, power or exponential: those may differ in the last bit between machines.
/// </summary>
static class Curve
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mix(float from, float to, float share) => from + (to - from) * share;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Clamp01(float value) => value < 0 ? 0 : value > 1 ? 1 : value;

    /// <summary>0 below <paramref name="low"/>, 1 above <paramref name="high"/>, and a gentle S between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Step(float low, float high, float value)
    {
        var t = Clamp01((value - low) / (high - low));
        return t * t * (3 - 2 * t);
    }

    /// <summary>1 at 0, one half at 1 and -1, and slowly to nothing: the shape of every glow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Bell(float value) => 1 / (1 + value * value);
}
