namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>What a prompt may ask for, as far as this painter understands.</summary>
[Flags]
enum Motif
{
    None = 0,
    Night = 1 << 0,
    Sunrise = 1 << 1,
    Sunset = 1 << 2,
    Gold = 1 << 3,
    Fire = 1 << 4,
    Sea = 1 << 5,
    Lake = 1 << 6,
    Forest = 1 << 7,
    Snow = 1 << 8,
    Blossom = 1 << 9,
    Autumn = 1 << 10,
    Ink = 1 << 11,
    Mountain = 1 << 12,
    Cat = 1 << 13,
    Bird = 1 << 14,
    Boat = 1 << 15,
    Day = 1 << 16,
    Aurora = 1 << 17,
}
