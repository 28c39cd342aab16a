using System.Net;
using System.Net.Sockets;

namespace Darkroom.ModelScope.Requests;

/// <summary>
/// The address ranges that are not reachable from the public internet: loopback, private, link-local, shared, multicast and reserved.
/// </summary>
public static class PrivateNetworks
{
    private static readonly IPNetwork[] V4 =
    [
        .. Parse(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        // A public range, but every virtual machine of Azure reaches its host there: settings, health and name service.
        IPNetwork.Parse("168.63.129.16/32"),
    ];

    // The public internet uses only this part of IPv6. The rest is loopback, link-local, unique-local, multicast or reserved.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] V6 = [.. Parse("2001::/23", "2001:db8::/32", "3fff::/20")];

    // IPv6 ranges that embed an IPv4 address, with its offset in bytes.
    private static readonly (IPNetwork Network, int Offset)[] Carriers =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>
    /// Returns whether <paramref name="address"/> is in one of the ranges. An IPv4 address embedded in an IPv6 address is checked too.
    /// </summary>
    public static bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return V4.Any(network => network.Contains(address));

        var bytes = address.GetAddressBytes();
        foreach (var (network, offset) in Carriers)
        {
            if (network.Contains(address))
                return Contains(new IPAddress(bytes.AsSpan(offset, 4)));
        }

        return !GlobalUnicast.Contains(address)
            || V6.Any(network => network.Contains(address))
            || (IsIsatap(bytes) && Contains(new IPAddress(bytes.AsSpan(12, 4))));
    }

    // ISATAP tunnels to the IPv4 address in the last four bytes, under any prefix.
    private static bool IsIsatap(ReadOnlySpan<byte> bytes) => bytes[8..12] is [0x00 or 0x02, 0x00, 0x5E, 0xFE];

    private static IEnumerable<IPNetwork> Parse(params string[] ranges) => ranges.Select(range => IPNetwork.Parse(range));
}
