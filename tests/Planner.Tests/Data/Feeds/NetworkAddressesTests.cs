using System.Net;
using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class NetworkAddressesTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("::10.0.0.1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2002:a00:1::1")]
    [InlineData("fec0::1")]
    public void Addresses_of_the_operators_own_networks_are_private(string address) => Assert.True(NetworkAddresses.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("185.199.108.133")]
    [InlineData("2606:50c0:8000::154")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("2001:4860:4860::8888")]
    public void Addresses_of_the_internet_are_not(string address) => Assert.False(NetworkAddresses.IsPrivate(IPAddress.Parse(address)));
}
