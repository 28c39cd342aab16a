using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>Layers from the back to the front.</summary>
sealed class Scene(IEnumerable<ILayer> layers) : ILayer
{
    readonly ILayer[] layers = [.. layers];

    public void Paint(float y, ColorRow row)
    {
        var first = layers.Length - 1;
        while (first > 0 && !layers[first].Hides(y))
            first--;
        for (var i = first; i < layers.Length; i++)
            layers[i].Paint(y, row);
    }
}
