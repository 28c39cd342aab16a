namespace Darkroom.Simulator.Account;

/// <summary>The account's credits and today's quota: what a submit takes, and what a failure of the system gives back.</summary>
internal sealed class Purse
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

/// <summary>How paying for a task went.</summary>
internal enum Payment
{
    Made,
    NoCredits,
    QuotaExceeded,
}
