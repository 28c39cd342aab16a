namespace Darkroom.Bench;

/// <summary>Measures the peak of managed memory since <see cref="Start"/>, above a given baseline.</summary>
internal static class Probe
{
    private static long _before;
    private static long _peak;
    private static bool _isOn;

    public static void Start(long before)
    {
        _before = before;
        _peak = 0;
        _isOn = true;
    }

    public static void Look()
    {
        if (_isOn)
            _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false) - _before);
    }

    public static long Stop()
    {
        _isOn = false;
        return _peak;
    }
}
