namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>The kinds of landscape.</summary>
enum Setting
{
    Valley,
    Lake,
    Sea,
}
