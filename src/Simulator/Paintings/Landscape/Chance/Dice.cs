namespace Darkroom.Simulator.Paintings.Landscape.Chance;

/// <summary>Chance that repeats: FNV-1a over the prompt and seed, then splitmix64.</summary>
sealed class Dice
{
    readonly ulong key;
    ulong state;

    Dice(ulong key) => this.key = state = key;

    public static Dice For(string prompt, int seed)
    {
        var hash = Fnv(14695981039346656037, prompt);
        return new Dice(Scramble(hash ^ ((ulong)(uint)seed << 17)));
    }

    /// <summary>Dice for one purpose, whatever was rolled before: one bird more must not move the mountains.</summary>
    public Dice Named(string purpose) => new(Scramble(Fnv(key, purpose)));

    public float Roll()
    {
        state += 0x9E3779B97F4A7C15;
        return (Scramble(state) >> 40) * (1f / (1 << 24));
    }

    public float Between(float low, float high) => low + (high - low) * Roll();

    public int Below(int count) => (int)(Roll() * count);

    public bool Chance(float probability) => Roll() < probability;

    public uint Key() => (uint)(Roll() * (1 << 24)) * 0x9E3779B1u;

    static ulong Fnv(ulong hash, string text)
    {
        foreach (var letter in text)
            hash = (hash ^ letter) * 1099511628211;
        return hash;
    }

    static ulong Scramble(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
