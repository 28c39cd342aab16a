namespace Darkroom.Simulator.Account;

/// <summary>The account's credits and the remaining quota of the day. A submit is charged; a failed task is refunded.</summary>
internal sealed class CreditBalance
{
    private readonly Lock _lock = new();
    private decimal? _credits;
    private int? _quota;

    public decimal? Credits
    {
        get
        {
            lock (_lock)
                return _credits;
        }
    }

    public decimal Spent { get; private set; }

    public void Fill(decimal? credits, int? quota)
    {
        lock (_lock)
            (_credits, _quota) = (credits, quota);
    }

    public Payment Pay(decimal cost)
    {
        lock (_lock)
        {
            if (_quota == 0)
                return Payment.QuotaExceeded;
            if (_credits < cost)
                return Payment.NoCredits;

            _quota--;
            _credits -= cost;
            Spent += cost;
            return Payment.Made;
        }
    }

    public void Refund(decimal cost)
    {
        lock (_lock)
        {
            _credits += cost;
            Spent -= cost;
        }
    }
}

/// <summary>The result of charging a submit.</summary>
internal enum Payment
{
    Made,
    NoCredits,
    QuotaExceeded,
}
