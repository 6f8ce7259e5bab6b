using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

public class VolumeEntryTests
{
    private static readonly Workload Load = new() { RequestsPerMonth = 3_000_000, InputTokens = 400, OutputTokens = 80, ReasoningTokens = 20 };

    [Theory]
    [InlineData(VolumeBases.RequestsPerMonth, 3_000_000, 3_000_000)]
    // 720 hours are 30 days.
    [InlineData(VolumeBases.RequestsPerDay, 100_000, 3_000_000)]
    // 1.5 billion ÷ 500 tokens a request.
    [InlineData(VolumeBases.TokensPerMonth, 1_500_000_000, 3_000_000)]
    // 10 million × 30 days ÷ 500 tokens a request.
    [InlineData(VolumeBases.TokensPerDay, 10_000_000, 600_000)]
    public void Volume_is_converted_to_requests_a_month(string basis, double value, double requests) =>
        Assert.Equal((decimal)requests, new VolumeEntry { Basis = basis, Value = (decimal)value }.RequestsPerMonth(Load, 720));

    [Fact]
    public void Twenty_requests_of_500_users_on_22_working_days_are_220_000_a_month() =>
        Assert.Equal(220_000m, new VolumeEntry { Basis = VolumeBases.RequestsPerUserPerDay, Value = 20, Users = 500, DaysPerMonth = 22 }.RequestsPerMonth(Load, 730));

    [Fact]
    public void Month_of_730_hours_has_30_days_and_10_hours() =>
        Assert.Equal(30_416.666667m, new VolumeEntry { Basis = VolumeBases.RequestsPerDay, Value = 1_000 }.RequestsPerMonth(Load, 730));

    [Fact]
    public void What_cannot_be_converted_is_unknown_and_not_zero()
    {
        Assert.Null(new VolumeEntry { Basis = VolumeBases.RequestsPerUserPerDay, Value = 20 }.RequestsPerMonth(Load, 720));
        Assert.Null(new VolumeEntry { Basis = VolumeBases.TokensPerMonth, Value = 20 }.RequestsPerMonth(new Workload(), 720));
        Assert.Null(new VolumeEntry { Basis = "perMoon", Value = 20 }.RequestsPerMonth(Load, 720));
        Assert.Null(new VolumeEntry { Basis = VolumeBases.RequestsPerDay, Value = decimal.MaxValue }.RequestsPerMonth(Load, 720));
    }

    [Fact]
    public void Another_basis_keeps_the_volume_and_says_it_in_few_digits()
    {
        // 10,000,000 ÷ 30.41667 days; two decimals are the first that mean it within half a request.
        var entry = new VolumeEntry { Basis = VolumeBases.RequestsPerDay }.Matching(Load with { RequestsPerMonth = 10_000_000 }, 730);
        Assert.Equal(328_767.12m, entry.Value);
        Assert.Equal(1_500_000_000m, new VolumeEntry { Basis = VolumeBases.TokensPerMonth }.Matching(Load, 730).Value);
    }

    [Fact]
    public void Longer_requests_make_fewer_of_the_same_tokens()
    {
        var before = Of(new VolumeEntry { Basis = VolumeBases.TokensPerMonth, Value = 1_500_000_000 }, 3_000_000);
        var after = before with { Workload = before.Workload with { OutputTokens = 180 } };
        // 1.5 billion ÷ 600.
        Assert.Equal(2_500_000m, VolumeEntry.Follow(before, after).Workload.RequestsPerMonth);
        Assert.Equal(1_500_000_000m, VolumeEntry.Follow(before, after).Workload.Volume!.Value);
    }

    [Fact]
    public void Requests_a_month_that_are_set_forget_how_the_volume_was_typed()
    {
        var before = Of(new VolumeEntry { Basis = VolumeBases.RequestsPerDay, Value = 100_000 }, 3_000_000);
        var after = VolumeEntry.Follow(before, before with { Workload = before.Workload with { RequestsPerMonth = 5_000_000 } });
        Assert.Equal((5_000_000m, null), (after.Workload.RequestsPerMonth, after.Workload.Volume));
    }

    [Fact]
    public void Edit_elsewhere_leaves_rounded_requests_alone()
    {
        var before = Of(new VolumeEntry { Basis = VolumeBases.RequestsPerDay, Value = 328_767.12m }, 10_000_000) with { HoursPerMonth = 730 };
        Assert.Equal(10_000_000m, VolumeEntry.Follow(before, before with { Name = "Other" }).Workload.RequestsPerMonth);
    }

    [Fact]
    public void Volume_that_disagrees_with_requests_a_month_is_a_fault()
    {
        var (agrees, off) = (new VolumeEntry { Basis = VolumeBases.RequestsPerDay, Value = 333_333.34m }, new VolumeEntry { Basis = VolumeBases.RequestsPerDay, Value = 333_334 });
        Assert.Empty(Faults(agrees));
        var problem = Assert.Single(ScenarioRules.Check(Of(off, 10_000_000), Documents.Catalog));
        Assert.Equal("workload.volume.value", problem.Path);
        Assert.StartsWith("This means 10,000,020 requests a month, but requestsPerMonth says 10,000,000.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_part_of_the_volume_has_its_range()
    {
        Assert.Equal(["workload.volume.users"], Faults(new VolumeEntry { Basis = VolumeBases.RequestsPerUserPerDay, Value = 10 }));
        Assert.Equal(["workload.volume.basis"], Faults(new VolumeEntry { Basis = "perMoon", Value = 10 }));
        Assert.Equal(["workload.volume.daysPerMonth"], Faults(new VolumeEntry { Basis = VolumeBases.RequestsPerMonth, Value = 10_000_000, DaysPerMonth = 32 }));
        Assert.Equal(["workload.volume.value", "workload.volume.value"], Faults(new VolumeEntry { Basis = VolumeBases.RequestsPerMonth, Value = -1 }));
    }

    [Fact]
    public void Absurd_volumes_are_faults_and_no_exception()
    {
        var absurd = Of(new VolumeEntry { Basis = VolumeBases.TokensPerDay, Value = decimal.MaxValue, DaysPerMonth = decimal.MaxValue }, decimal.MinValue);
        Assert.Equal(
            ["workload.requestsPerMonth", "workload.volume.value", "workload.volume.daysPerMonth"], ScenarioRules.Check(absurd, Documents.Catalog).Select(problem => problem.Path));
        var opposite = Of(new VolumeEntry { Basis = VolumeBases.RequestsPerMonth, Value = decimal.MaxValue }, decimal.MinValue);
        Assert.Contains(ScenarioRules.Check(opposite, Documents.Catalog), problem => problem.Path == "workload.volume.value");
    }

    [Fact]
    public void Document_keeps_how_the_volume_was_typed()
    {
        var typed = new VolumeEntry { Basis = VolumeBases.RequestsPerUserPerDay, Value = 20, Users = 500, DaysPerMonth = 22 };
        var (read, problem) = ScenarioJson.Read(ScenarioJson.Write(Of(typed, 220_000)));
        Assert.Null(problem);
        Assert.Equal(typed, read!.Workload.Volume);
    }

    private static Scenario Of(VolumeEntry volume, decimal requests) =>
        Documents.HighVolumeChat with { Workload = Load with { RequestsPerMonth = requests, Volume = volume } };

    private static string[] Faults(VolumeEntry volume) => [.. ScenarioRules.Check(Of(volume, 10_000_000), Documents.Catalog).Select(problem => problem.Path)];
}
