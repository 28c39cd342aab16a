using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>
/// One sheet of the picture. Heights are pixels from the top, and need not lie inside the frame: water mirrors what is above it.
/// </summary>
interface ILayer
{
    void Paint(float y, ColorRow row);

    /// <summary>True if nothing behind this layer shows at that height, so that it need not be painted.</summary>
    bool Hides(float y) => false;
}
