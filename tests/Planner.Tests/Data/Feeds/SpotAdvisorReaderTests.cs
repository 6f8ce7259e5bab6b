using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class SpotAdvisorReaderTests
{
    [Fact]
    public void Bands_are_read_from_their_labels_and_spot_may_be_dearer()
    {
        var reading = SpotAdvisorReader.Read(InstanceFixture.Bytes(InstanceFixture.SpotAdvisor));

        Assert.Equal(
            [
                new SpotAdvice("g5.xlarge", "us-east-1", 0.65m, 1m), new("g6.xlarge", "us-east-1", 0.56m, 0.10m), new("g4dn.xlarge", "us-east-1", -0.12m, 0.05m),
                new("g5.xlarge", "eu-west-1", 0.61m, 0.10m),
            ],
            reading.Rows);
        Assert.Equal([("odd.xlarge:us-east-1", "The band of interruptions is none that the file explains.")], reading.Refused.Select(row => (row.Key, row.Reason)));
        Assert.Equal((6, 1), (reading.RowsRead, reading.Skipped["Windows"]));
    }

    [Theory]
    [InlineData("\"s\": 65", "\"s\": 101", "s is not a number that it can be.")]
    [InlineData("\"s\": 65", "\"s\": \"65\"", "s is not a number that it can be.")]
    [InlineData("\"s\": 65", "\"s\": 65, \"s\": 5", "The field s occurs more than once.")]
    [InlineData("\"r\": 4 }, \"g6", "\"r\": 3 }, \"g6", "The band of interruptions is none that the file explains.")]
    [InlineData("\"r\": 4 }, \"g6", "\"r\": 0.5 }, \"g6", "The band of interruptions is none that the file explains.")]
    [InlineData("\"g6.xlarge\"", "\"g5.xlarge\"", "The file lists this machine more than once.")]
    public void Type_that_does_not_read_is_refused_by_name_and_the_others_are_read(string old, string replacement, string reason)
    {
        var reading = SpotAdvisorReader.Read(InstanceFixture.Replace(InstanceFixture.SpotAdvisor, old, replacement));

        Assert.Contains(reading.Refused, row => row.Key == "g5.xlarge:us-east-1" && row.Reason == reason);
        Assert.DoesNotContain(reading.Rows, row => row is { Type: "g5.xlarge", Region: "us-east-1" });
        Assert.Contains(reading.Rows, row => row.Region == "eu-west-1");
    }

    [Fact]
    public void File_of_another_kind_is_refused_whole() =>
        Assert.Equal("The file does not have the form of spot-advisor-data.json.", SpotAdvisorReader.Read(InstanceFixture.Bytes("{ \"ranges\": [] }")).Refusal);
}
