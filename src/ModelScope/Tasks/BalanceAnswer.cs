using System.Text.Json;
using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Tasks;

/// <summary>Reads the answer of the balance API.</summary>
internal static class BalanceAnswer
{
    /// <summary>Returns the balance, or null if the answer contains none.</summary>
    public static CreditBalance? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            CreditBalance? balance = null;
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isData = reader.NameIs("data"u8);
                reader.Read();
                if (isData && reader.TokenType == JsonTokenType.StartObject)
                    balance = Data(ref reader);
                else
                    reader.Skip();
            }

            return balance;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CreditBalance? Data(ref Utf8JsonReader reader)
    {
        double? total = null, available = null, frozen = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.NameIs("total_balance"u8))
                total = reader.Read() ? JsonText.Number(ref reader) : null;
            else if (reader.NameIs("available_balance"u8))
                available = reader.Read() ? JsonText.Number(ref reader) : null;
            else if (reader.NameIs("frozen_amount"u8))
                frozen = reader.Read() ? JsonText.Number(ref reader) : null;
            else
                reader.Skip();
        }

        // Only the available credits matter to callers, so the answer is valid as soon as they are known.
        var spendable = available ?? total - (frozen ?? 0);
        return spendable is null ? null : new CreditBalance(Credits(total ?? spendable), Credits(spendable), Credits(frozen ?? 0));
    }

    private static decimal Credits(double? value) => value is > -1e15 and < 1e15 ? (decimal)value.Value : 0;
}
