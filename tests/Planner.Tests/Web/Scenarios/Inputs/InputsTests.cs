using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Inputs;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Inputs;

/// <summary>What choices on the input side make of the document.</summary>
public class InputsTests
{
    private readonly ScenarioForm _form = new(new ScenarioEditor(Documents.HighVolumeChat, Documents.Catalog, TimeProvider.System), () => { });

    [Fact]
    public async Task Todays_bill_is_an_option_or_measured_or_not_known()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<BaselineInputs>>(("Form", _form));
        Assert.Contains("<option value=\"api\" selected", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Bill of a month", html, StringComparison.Ordinal);

        await renderer.ChangeAsync("id", "in-baselineOptionId", "a bill");
        Assert.Equal((null, null), (_form.Draft.BaselineOptionId, _form.Draft.BaselineMonthlyUsd));
        html = await renderer.RenderAsync<WithForm<BaselineInputs>>(("Form", With("baselineMonthlyUsd", 9_000m)));
        Assert.Contains("Bill of a month", html, StringComparison.Ordinal);
        Assert.Contains("9,000", html, StringComparison.Ordinal);

        await renderer.ChangeAsync("id", "in-baselineOptionId", "self");
        Assert.Equal(("self", null), (_form.Draft.BaselineOptionId, _form.Draft.BaselineMonthlyUsd));
        await renderer.ChangeAsync("id", "in-baselineOptionId", "");
        Assert.Equal((null, null), (_form.Draft.BaselineOptionId, _form.Draft.BaselineMonthlyUsd));
    }

    [Fact]
    public async Task Counting_the_volume_otherwise_keeps_it_and_says_what_it_makes()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<VolumeInputs>>(("Form", _form));
        Assert.Contains("Requests per month", html, StringComparison.Ordinal);

        await renderer.ChangeAsync("id", "in-workload-volume-basis", VolumeBases.TokensPerMonth);
        // 10 M requests of 500 tokens.
        Assert.Equal((10_000_000m, 5_000_000_000m), (_form.Draft.Workload.RequestsPerMonth, _form.Draft.Workload.Volume!.Value));

        html = await renderer.RenderAsync<WithForm<VolumeInputs>>(("Form", With("workload.volume.value", 1_000_000_000m)));
        Assert.Contains("= 2,000,000 requests a month", html, StringComparison.Ordinal);
        await renderer.ChangeAsync("id", "in-workload-volume-basis", VolumeBases.RequestsPerMonth);
        Assert.Equal((2_000_000m, null), (_form.Draft.Workload.RequestsPerMonth, _form.Draft.Workload.Volume));
    }

    [Fact]
    public async Task Range_of_the_volume_goes_with_the_way_it_is_counted()
    {
        _form.Set("ranges", new[] { new InputRange { Path = "workload.requestsPerMonth", Low = 5_000_000, Likely = 10_000_000, High = 20_000_000 } });
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<VolumeInputs>>(("Form", _form));
        await renderer.ChangeAsync("id", "in-workload-volume-basis", VolumeBases.TokensPerMonth);
        // 500 tokens a request.
        Assert.Equal(new InputRange { Path = "workload.volume.value", Low = 2_500_000_000, Likely = 5_000_000_000, High = 10_000_000_000 }, Assert.Single(_form.Draft.Ranges));
        Assert.False(_form.Editor.IsFaulty);

        _form.Set("workload.volume.value", 1_000_000_000m);
        await renderer.ChangeAsync("id", "in-workload-volume-basis", VolumeBases.RequestsPerMonth);
        Assert.Equal(new InputRange { Path = "workload.requestsPerMonth", Low = 1_000_000, Likely = 2_000_000, High = 4_000_000 }, Assert.Single(_form.Draft.Ranges));
        _form.Editor.Undo();
        _form.Editor.Undo();
        _form.Editor.Undo();
        Assert.Equal((20_000_000m, null), (_form.Draft.Ranges[0].High, _form.Draft.Workload.Volume));
    }

    [Fact]
    public async Task Hours_of_ones_own_begin_with_those_of_the_preset_and_go_with_it()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<ShapeInputs>>(("Form", _form));
        await renderer.ChangeAsync("id", "in-workload-shape-kind", ShapeKinds.BusinessHours);
        await renderer.RenderAsync<WithForm<ShapeInputs>>(("Form", _form));
        await renderer.ChangeAsync("id", "in-workload-shape-kind", ShapeKinds.Weights);
        // Monday 03:00, 10:00 and 12:00, Saturday noon.
        var weights = _form.Draft.Workload.Shape.Weights!;
        Assert.Equal((1m, 10m, 8m, 0.5m), (weights[3], weights[10], weights[12], weights[132]));

        var html = await renderer.RenderAsync<WithForm<ShapeInputs>>(("Form", _form));
        Assert.Contains("Load by hour of the week", html, StringComparison.Ordinal);
        Assert.Contains("Time zone", html, StringComparison.Ordinal);
        await renderer.ChangeAsync("id", "in-workload-shape-kind", ShapeKinds.Flat);
        Assert.Null(_form.Draft.Workload.Shape.Weights);
    }

    [Fact]
    public async Task Batch_window_begins_with_the_nights()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<ShapeInputs>>(("Form", _form));
        await renderer.ChangeAsync("id", "in-workload-shape-kind", ShapeKinds.BatchWindow);
        Assert.Equal([0, 1, 2, 3, 4, 5, 24, 25], _form.Draft.Workload.Shape.Hours!.Take(8));
        Assert.False(_form.Editor.IsFaulty);
        Assert.DoesNotContain(_form.Editor.Result!.Checks, check => check.Id == "not-used");
    }

    [Fact]
    public async Task Pasted_profile_becomes_the_weights_or_says_what_it_lacks()
    {
        _form.Change(draft => draft with { Workload = draft.Workload with { Shape = new LoadShape { Kind = ShapeKinds.Weights, Weights = [.. Enumerable.Repeat(1m, 168)] } } });
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<ShapeInputs>>(("Form", _form));
        await renderer.ChangeAsync("id", "in-profile", "1 2 3");
        Assert.Contains("these are 3", await renderer.HtmlAsync(), StringComparison.Ordinal);
        await renderer.ChangeAsync("id", "in-profile", string.Join("\n", Enumerable.Range(1, 24)));
        var weights = _form.Draft.Workload.Shape.Weights!;
        Assert.Equal((1m, 24m, 1m, 24m), (weights[0], weights[23], weights[24], weights[167]));
    }

    [Theory]
    [InlineData(" ", 168, null)]
    [InlineData(",", 168, null)]
    [InlineData(", ", 24, null)]
    [InlineData("\t", 24, null)]
    [InlineData(" ", 100, "A profile is 168 numbers from Monday 00:00, or 24 from midnight for all days alike; these are 100.")]
    public void Profile_is_read_however_its_numbers_are_kept_apart(string gap, int count, string? problem)
    {
        var (weights, found) = WeekProfile.Read(string.Join(gap, Enumerable.Repeat("2.5", count)));
        Assert.Equal(problem, found);
        Assert.Equal(problem is null ? Enumerable.Repeat(2.5m, 168) : null, weights);
    }

    [Theory]
    [InlineData("-1", "This must not be negative.")]
    [InlineData("many", "“many” is not a number. Write for example 1,000 or 2.5 or 10M.")]
    public void Profile_with_what_is_no_load_is_refused(string last, string problem) =>
        Assert.Equal((null, problem), WeekProfile.Read($"{string.Join(' ', Enumerable.Repeat("1", 23))} {last}"));

    [Fact]
    public async Task Schedule_begins_with_what_an_autoscaled_fleet_would_run()
    {
        // 10 M requests by consumers: 1,929 × 168 ÷ 795 × weight ÷ 125 replicas, so 3.26 × weight.
        _form.Change(draft => draft with { Workload = draft.Workload with { Shape = new LoadShape { Kind = ShapeKinds.ConsumerEvening } } });
        var option = (SelfHostOption)_form.Draft.Options[1];
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<FleetSizeInputs>>(("Form", _form), ("Parts", new Dictionary<string, object> { ["Option"] = option, ["Path"] = "options[1]" }));
        await renderer.ChangeAsync("id", "in-options-1-fleet-sizing", FleetSizings.Scheduled);

        var fleet = ((SelfHostOption)_form.Draft.Options[1]).Fleet;
        Assert.Equal((4, 10, 33, 5), (fleet.Schedule![0], fleet.Schedule[6], fleet.Schedule[20], fleet.Schedule[120]));
        Assert.False(_form.Editor.IsFaulty);
        Assert.True(_form.Editor.Result!.Options[1].Feasible);
    }

    [Fact]
    public void Fleet_of_several_replicas_an_instance_is_scheduled_in_replicas()
    {
        // Two GPUs a replica, two replicas an instance: 1,929 ÷ 125 = 15.4 replicas are 8 instances, which hold 16.
        var scenario = Documents.Chat(Documents.Fleet() with { TensorParallel = 2 });
        var sized = FleetEdits.Sized(scenario, Documents.Catalog, (SelfHostOption)scenario.Options[0], FleetSizings.Scheduled, null);
        Assert.Equal(Enumerable.Repeat(16, 168), sized.Fleet.Schedule);
    }

    [Fact]
    public void Missing_terms_of_buying_do_not_keep_a_schedule_from_its_size()
    {
        var option = Documents.Fleet() with { Purchase = [new PurchaseShare { Kind = PurchaseKinds.Owned, Share = 0.5m }] };
        Assert.Equal(Enumerable.Repeat(16, 168), FleetEdits.Sized(Documents.Chat(option), Documents.Catalog, option, FleetSizings.Scheduled, null).Fleet.Schedule);
    }

    [Fact]
    public void Faulty_draft_begins_a_schedule_with_one_replica()
    {
        var scenario = Documents.Chat(Documents.Fleet()) with { HoursPerMonth = 1 };
        Assert.Equal(Enumerable.Repeat(1, 168), FleetEdits.Sized(scenario, Documents.Catalog, (SelfHostOption)scenario.Options[0], FleetSizings.Scheduled, null).Fleet.Schedule);
    }

    [Fact]
    public void Fixed_fleet_begins_with_the_instances_it_has_and_hours_of_the_month_end_with_hours_of_the_week()
    {
        var option = Documents.Fleet(FleetSizings.WeeklyPeak, null) with { Fleet = new Fleet { RunningHoursPerMonth = 200 } };
        var scenario = Documents.Chat(option);
        Assert.Equal((7, 200m), (FleetEdits.Sized(scenario, Documents.Catalog, option, FleetSizings.Fixed, 7).Fleet.Instances!.Value, FleetEdits.Sized(scenario, Documents.Catalog, option, FleetSizings.Fixed, 7).Fleet.RunningHoursPerMonth!.Value));
        Assert.Null(FleetEdits.Sized(scenario, Documents.Catalog, option, FleetSizings.Hourly, 7).Fleet.RunningHoursPerMonth);
    }

    [Fact]
    public async Task Another_kind_of_purchase_forgets_the_terms_of_the_last()
    {
        _form.Set("options[1].purchase", new[] { new PurchaseShare { Kind = PurchaseKinds.Reserved1Y, UpfrontShare = 1, UsdPerHour = 2 } });
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<PurchaseInputs>>(("Form", _form), ("Parts", Purchase()));
        Assert.Contains("Paid upfront", html, StringComparison.Ordinal);
        await renderer.ChangeAsync("id", "in-options-1-purchase-0-kind", PurchaseKinds.Spot);
        Assert.Equal(new PurchaseShare { Kind = PurchaseKinds.Spot }, Assert.Single(((SelfHostOption)_form.Draft.Options[1]).Purchase));
    }

    [Fact]
    public async Task Cheapest_mix_lists_the_ways_that_have_a_price_and_hides_shares()
    {
        using var renderer = TestRenderer.Create();
        Assert.Contains("Share", await renderer.RenderAsync<WithForm<PurchaseInputs>>(("Form", _form), ("Parts", Purchase())), StringComparison.Ordinal);
        await renderer.ChangeAsync("id", "in-options-1-purchaseMix", PurchaseMixes.Cheapest);
        var option = (SelfHostOption)_form.Draft.Options[1];
        Assert.Equal([PurchaseKinds.OnDemand, PurchaseKinds.Spot, PurchaseKinds.Reserved1Y, PurchaseKinds.Reserved3Y], option.Purchase.Select(share => share.Kind));
        var html = await renderer.RenderAsync<WithForm<PurchaseInputs>>(("Form", _form), ("Parts", Purchase()));
        Assert.Contains("On spot at most", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">Share<", html, StringComparison.Ordinal);
        Assert.False(_form.Editor.IsFaulty);
    }

    [Fact]
    public async Task Owned_machines_ask_for_their_terms()
    {
        _form.Set("options[1].purchase", new[] { new PurchaseShare { Kind = PurchaseKinds.Owned } });
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<PurchaseInputs>>(("Form", _form), ("Parts", Purchase()));
        Assert.Contains("Purchase price", html, StringComparison.Ordinal);
        Assert.Contains(_form.Editor.Problems, problem => problem.Path == "options[1].owned.priceUsd");
        foreach (var (term, value) in new[] { ("priceUsd", 36_000m), ("powerKw", 2m), ("usdPerKwh", 0.1m) })
            _form.Set($"options[1].owned.{term}", value);
        // 2 × (36,000 ÷ 36 + 2 kW × 1.3 × 720 h × $0.1).
        Assert.Equal(2_374.40m, _form.Editor.Result!.Options[1].OngoingMonthlyUsd);
    }

    [Fact]
    public async Task Machines_that_are_no_longer_owned_are_in_no_mix_though_their_terms_stay()
    {
        var terms = new OwnedHardware { PriceUsd = 3_600, PowerKw = 1, UsdPerKwh = 0.1m };
        _form.Change(draft => OptionEdits.Change<SelfHostOption>(draft, "self", fleet => fleet with { Owned = terms, Purchase = [new PurchaseShare()] }));
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<PurchaseInputs>>(("Form", _form), ("Parts", Purchase()));
        await renderer.ChangeAsync("id", "in-options-1-purchaseMix", PurchaseMixes.Cheapest);
        var option = (SelfHostOption)_form.Draft.Options[1];
        Assert.DoesNotContain(option.Purchase, share => share.Kind == PurchaseKinds.Owned);
        Assert.Equal(terms, option.Owned);
        Assert.DoesNotContain(_form.Editor.Answer!.Load.Fleets[0].Purchases!.Rows.SelectMany(row => row.Parts), part => part.Contains("owned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bursts_begin_above_the_mean_and_end_with_their_shape_unless_they_were_set()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<ShapeInputs>>(("Form", _form));
        await renderer.ChangeAsync("id", "in-workload-shape-kind", ShapeKinds.Peak);
        Assert.Equal(3m, _form.Draft.Workload.Shape.PeakToMean);
        await renderer.ChangeAsync("id", "in-workload-shape-kind", ShapeKinds.Flat);
        Assert.Equal(1m, _form.Draft.Workload.Shape.PeakToMean);

        _form.Set("workload.shape.peakToMean", 2m);
        await renderer.ChangeAsync("id", "in-workload-shape-kind", ShapeKinds.Peak);
        await renderer.ChangeAsync("id", "in-workload-shape-kind", ShapeKinds.Flat);
        Assert.Equal(2m, _form.Draft.Workload.Shape.PeakToMean);
    }

    [Theory]
    [InlineData("0.005", "0.005")]
    [InlineData("0", "0.01")]
    public async Task Trying_the_modes_of_a_mix_keeps_what_was_set(string set, string inFallback)
    {
        _form.Change(OptionEdits.AddMix);
        _form.Set("options[2].downtimeShare", decimal.Parse(set, System.Globalization.CultureInfo.InvariantCulture));
        _form.Set("options[2].replicas", 7m);
        var before = (HybridOption)_form.Draft.Options[2];
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<OptionList>>(("Form", _form));
        await renderer.ClickAsync("id", "in-options-2");
        foreach (var mode in new[] { HybridModes.Hours, HybridModes.Tasks, HybridModes.Fallback, HybridModes.Overflow })
        {
            if (mode == HybridModes.Overflow)
                Assert.Equal(decimal.Parse(inFallback, System.Globalization.CultureInfo.InvariantCulture), ((HybridOption)_form.Draft.Options[2]).DowntimeShare);
            await renderer.ChangeAsync("id", "in-options-2-mode", mode);
            Assert.False(_form.Editor.IsFaulty);
        }

        var after = (HybridOption)_form.Draft.Options[2];
        Assert.Equal((before.Mode, before.DowntimeShare, before.Replicas), (after.Mode, after.DowntimeShare, after.Replicas));
    }

    [Fact]
    public async Task Units_by_the_hour_begin_without_a_fault()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<ApiTermsInputs>>(("Form", _form), ("Parts", new Dictionary<string, object> { ["Option"] = _form.Draft.Options[0], ["Path"] = "options[0]" }));
        await renderer.ClickAsync("id", "in-options-0-provisioned");
        Assert.NotNull(((ApiOption)_form.Draft.Options[0]).Provisioned);
        Assert.False(_form.Editor.IsFaulty);
    }

    [Fact]
    public async Task Emptied_field_stays_empty_beside_its_fault_until_the_value_comes_back()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<VolumeInputs>>(("Form", _form));
        await renderer.TypeAsync("id", "in-workload-requestsPerMonth", "");
        var html = await renderer.HtmlAsync();
        Assert.DoesNotContain("value=\"10,000,000\"", html, StringComparison.Ordinal);
        Assert.Contains("A value is needed here.", html, StringComparison.Ordinal);
        Assert.Equal(10_000_000m, _form.Draft.Workload.RequestsPerMonth);

        await renderer.TypeAsync("id", "in-workload-requestsPerMonth", "10M");
        html = await renderer.HtmlAsync();
        Assert.Contains("value=\"10,000,000\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("A value is needed here.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_that_is_refused_stays_in_its_box()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<FleetSizeInputs>>(("Form", _form), ("Parts", new Dictionary<string, object> { ["Option"] = _form.Draft.Options[1], ["Path"] = "options[1]" }));
        await renderer.TypeAsync("id", "in-options-1-fleet-instances", "2.5");
        var html = await renderer.HtmlAsync();
        Assert.Contains("value=\"2.5\"", html, StringComparison.Ordinal);
        Assert.Contains("This must be a whole number", html, StringComparison.Ordinal);
    }

    private Dictionary<string, object> Purchase() =>
        new() { ["Option"] = _form.Draft.Options[1], ["Path"] = "options[1]", ["Machine"] = Documents.Catalog.Instances["aws:g5.12xlarge:us-east-1"] };

    private ScenarioForm With(string path, object value)
    {
        _form.Set(path, value);
        return _form;
    }
}
