using Planner.Web.Reports;
using Xunit;

namespace Planner.Tests.Web.Reports;

public class OwnAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://localhost:5080", "http://localhost:5080/")]
    [InlineData("http://[::1]:5080", "http://[::1]:5080/")]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://+:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://*:8080", "http://127.0.0.1:8080/")]
    public void Address_is_one_that_the_machine_itself_can_open(string bound, string opened) => Assert.Equal(opened, OwnAddress.Choose([bound])?.ToString());

    [Fact]
    public void Plain_address_is_taken_before_an_encrypted_one() =>
        Assert.Equal("http://127.0.0.1:5080/", OwnAddress.Choose(["https://127.0.0.1:5443", "http://127.0.0.1:5080"])?.ToString());

    [Fact]
    public void Socket_file_is_no_address() => Assert.Null(OwnAddress.Choose(["http://unix:/run/planner.sock"]));
}
