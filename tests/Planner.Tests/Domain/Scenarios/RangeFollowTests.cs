using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

/// <summary>What becomes of a range when its input is edited.</summary>
public class RangeFollowTests
{
    private static Scenario With(decimal share, params InputRange[] ranges) =>
        Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload with { CacheReadShare = share }, Ranges = ranges };

    private static InputRange Range(decimal low, decimal likely, decimal high, string path = "workload.cacheReadShare") => new() { Path = path, Low = low, Likely = likely, High = high };

    private static InputRange Followed(Scenario before, decimal share) =>
        RangeFollow.Follow(before, before with { Workload = before.Workload with { CacheReadShare = share } }, Documents.Catalog).Ranges[0];

    [Fact]
    public void Ends_keep_their_ratios_to_the_value() => Assert.Equal(Range(0.1m, 0.25m, 0.35m), Followed(With(0.5m, Range(0.2m, 0.5m, 0.7m)), 0.25m));

    [Fact]
    public void End_that_would_pass_the_bound_of_its_input_stops_there() => Assert.Equal(Range(0.36m, 0.9m, 1), Followed(With(0.5m, Range(0.2m, 0.5m, 0.7m)), 0.9m));

    [Fact]
    public void End_stops_where_another_range_leaves_no_more()
    {
        // Reads and writes share one prompt: at most 0.75 can be read beside writes of 0.25.
        var before = With(0.4m, Range(0.2m, 0.4m, 0.6m), Range(0.1m, 0.2m, 0.25m, "workload.cacheWriteShare"));
        before = before with { Workload = before.Workload with { CacheWriteShare = 0.2m } };
        Assert.Equal(Range(0.3m, 0.6m, 0.75m), Followed(before, 0.6m));
    }

    [Fact]
    public void Range_around_nothing_keeps_its_distances() => Assert.Equal(Range(0.3m, 0.3m, 0.5m), Followed(With(0, Range(0, 0, 0.2m)), 0.3m));

    [Fact]
    public void Range_without_any_width_around_nothing_begins_anew() => Assert.Equal(Range(0.4m, 0.5m, 0.6m), Followed(With(0, Range(0, 0, 0)), 0.5m));

    [Fact]
    public void Range_off_its_value_is_brought_to_it_by_an_edit_and_left_by_others()
    {
        var off = With(0.5m, Range(0.1m, 0.2m, 0.4m));
        Assert.Equal(Range(0.3m, 0.6m, 1), Followed(off, 0.6m));
        Assert.Equal(off.Ranges, RangeFollow.Follow(off, off with { HoursPerMonth = 700 }, Documents.Catalog).Ranges);
    }

    [Fact]
    public void Whole_numbers_stay_whole()
    {
        var before = Documents.HighVolumeChat with { Ranges = [Range(1, 2, 3, "options[1].fleet.instances")] };
        var fleet = (SelfHostOption)before.Options[1];
        var after = before with { Options = [before.Options[0], fleet with { Fleet = fleet.Fleet with { Instances = 7 } }] };
        // 3.5 and 10.5, to the even.
        Assert.Equal(Range(4, 7, 10, "options[1].fleet.instances"), RangeFollow.Follow(before, after, Documents.Catalog).Ranges[0]);
    }

    [Fact]
    public void Price_that_was_the_catalogs_takes_the_range_to_ones_own()
    {
        var before = Documents.HighVolumeChat with { Ranges = [Range(2.836m, 5.672m, 11.344m, "options[1].instanceUsdPerHour")] };
        var after = before with { Options = [before.Options[0], (SelfHostOption)before.Options[1] with { InstanceUsdPerHour = 4 }] };
        Assert.Equal(Range(2, 4, 8, "options[1].instanceUsdPerHour"), RangeFollow.Follow(before, after, Documents.Catalog).Ranges[0]);
    }

    [Fact]
    public void Users_that_are_no_longer_counted_have_no_range()
    {
        var volume = new VolumeEntry { Basis = VolumeBases.RequestsPerUserPerDay, Value = 10, Users = 100, DaysPerMonth = 20 };
        var before = With(0, Range(50, 100, 200, "workload.volume.users"), Range(5, 10, 20, "workload.volume.value"));
        before = before with { Workload = before.Workload with { RequestsPerMonth = 20_000, Volume = volume } };
        var after = before with { Workload = before.Workload with { Volume = null } };
        Assert.Equal([Range(10_000, 20_000, 40_000, "workload.requestsPerMonth")], RangeFollow.Follow(before, after, Documents.Catalog).Ranges);
    }
}
