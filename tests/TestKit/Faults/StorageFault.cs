namespace Darkroom.TestKit.Faults;

/// <summary>What happens to a request to storage.</summary>
public enum StorageFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It arrives late.</summary>
    Delay,

    /// <summary>The connection closes before it arrives.</summary>
    Drop,

    /// <summary>It is carried out, and the connection closes before the answer.</summary>
    LoseAnswer,

    /// <summary>It is carried out twice; the answer is that of the second time.</summary>
    Repeat,

    /// <summary>Storage answers with 500, and does nothing.</summary>
    InternalError,

    /// <summary>Storage answers with 503, and does nothing.</summary>
    Unavailable,
}
