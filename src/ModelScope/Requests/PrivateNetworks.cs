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
    ];

    private static readonly IPNetwork[] V6 =
    [
        .. Parse(
            "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7",
            "fe80::/10", "fec0::/10", "ff00::/8"),
    ];

    // IPv6 ranges that embed an IPv4 address, with its offset in bytes.
    private static readonly (IPNetwork Network, int Offset)[] Carriers =
    [
        (IPNetwork.Parse("::/96"), 12),
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

        if (V6.Any(network => network.Contains(address)))
            return true;

        foreach (var (network, offset) in Carriers)
        {
            if (network.Contains(address))
                return Contains(new IPAddress(address.GetAddressBytes().AsSpan(offset, 4)));
        }

        return false;
    }

    private static IEnumerable<IPNetwork> Parse(params string[] ranges) => ranges.Select(range => IPNetwork.Parse(range));
}
