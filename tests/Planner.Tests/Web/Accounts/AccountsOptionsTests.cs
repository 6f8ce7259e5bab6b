using System.Net;
using Microsoft.Extensions.Configuration;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public sealed class AccountsOptionsTests
{
    [Theory]
    [InlineData("Accounts:RevalidateSeconds", "abc")]
    [InlineData("Accounts:RevalidateSeconds", "0")]
    [InlineData("Accounts:RevalidateSeconds", "3601")]
    [InlineData("Api:RequestsPerMinute", "abc")]
    [InlineData("Api:RequestsPerMinute", "-1")]
    [InlineData("Accounts:Enabled", "maybe")]
    public void Setting_that_cannot_be_meant_is_refused_by_its_name_and_value(string setting, string value)
    {
        var fault = Of((setting, value)).Fault;

        Assert.StartsWith($"{setting} is “{value}”", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Accounts:RevalidateSeconds", "1")]
    [InlineData("Accounts:RevalidateSeconds", "")]
    [InlineData("Api:RequestsPerMinute", "0")]
    public void Setting_that_can_be_meant_is_taken(string setting, string value) => Assert.Null(Of((setting, value)).Fault);

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    public void Address_of_a_proxy_is_the_same_in_either_spelling(string address)
    {
        var options = Of(("Accounts:Proxy:Addresses", address));

        Assert.True(options.IsProxy(IPAddress.Parse("10.0.0.1")));
        Assert.True(options.IsProxy(IPAddress.Parse("::ffff:10.0.0.1")));
        Assert.False(options.IsProxy(IPAddress.Parse("10.0.0.2")));
    }

    private static AccountsOptions Of((string Name, string Value) setting) =>
        AccountsOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new(setting.Name, setting.Value)]).Build(), "planner.db");
}
