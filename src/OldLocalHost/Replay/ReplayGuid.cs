using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Darkroom.LocalHost.Replay;

/// <summary>Ids that come out the same in every replay: version 5 UUIDs over the instance, its time and a number.</summary>
internal static class ReplayGuid
{
    private static readonly byte[] Namespace = new Guid("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);

    public static Guid Make(string instanceId, DateTime now, int number)
    {
        var name = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{instanceId}_{now:o}_{number}"));
#pragma warning disable CA5350 // version 5 UUIDs are made with SHA-1; nothing is kept secret by it
        var hash = SHA1.HashData([.. Namespace, .. name]).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
