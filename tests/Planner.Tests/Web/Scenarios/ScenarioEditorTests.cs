using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Inputs;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

public class ScenarioEditorTests
{
    private readonly Clock _clock = new();
    private readonly ScenarioEditor _editor;

    public ScenarioEditorTests() => _editor = new ScenarioEditor(Documents.HighVolumeChat, Documents.Catalog, _clock);

    [Fact]
    public void Edit_is_answered_at_once()
    {
        _editor.Set("workload.requestsPerMonth", 20_000_000m);
        // 20 M × 500 tokens × $1.50 per million.
        Assert.Equal(15_000m, _editor.Answer!.Options[0].Result.OngoingMonthlyUsd);
        Assert.True(_editor.IsDirty);
    }

    [Fact]
    public void Value_at_a_path_is_the_drafts_and_nothing_where_it_has_none()
    {
        Assert.Equal(10_000_000m, _editor.ValueAt<decimal?>("workload.requestsPerMonth"));
        _editor.Set("workload.requestsPerMonth", 20_000_000m);
        Assert.Equal(20_000_000m, _editor.ValueAt<decimal?>("workload.requestsPerMonth"));
        _editor.Undo();
        Assert.Equal(10_000_000m, _editor.ValueAt<decimal?>("workload.requestsPerMonth"));
        Assert.Equal(_editor.Draft.Options[1].Name, _editor.ValueAt<string>("options[1].name"));
        Assert.Null(_editor.ValueAt<decimal?>("options[0].commitment.discountShare"));
        Assert.Null(_editor.ValueAt<string>("options[9].name"));
        Assert.Null(_editor.ValueAt<decimal?>("options[0].kind"));
        Assert.Null(_editor.ValueAt<string>("options.name"));
        Assert.False(_editor.ValueAt<bool>("workload.levers.batchApi.on"));
    }

    [Fact]
    public void Undo_and_redo_walk_through_the_edits()
    {
        _editor.Set("workload.requestsPerMonth", 20_000_000m);
        _editor.Set("hoursPerMonth", 730m);
        _editor.Undo();
        Assert.Equal((20_000_000m, 720m), (_editor.Draft.Workload.RequestsPerMonth, _editor.Draft.HoursPerMonth));
        _editor.Undo();
        Assert.Equal(7_500m, _editor.Answer!.Options[0].Result.OngoingMonthlyUsd);
        Assert.False(_editor.CanUndo);
        Assert.False(_editor.IsDirty);
        _editor.Redo();
        _editor.Redo();
        Assert.Equal(730m, _editor.Draft.HoursPerMonth);
        Assert.False(_editor.CanRedo);
    }

    [Fact]
    public void A_new_edit_forgets_what_was_undone()
    {
        _editor.Set("hoursPerMonth", 730m);
        _editor.Undo();
        _editor.Set("workload.inputTokens", 500m);
        Assert.False(_editor.CanRedo);
    }

    [Fact]
    public void Digits_typed_in_one_go_are_undone_together_and_later_ones_apart()
    {
        _editor.Set("workload.requestsPerMonth", 2m);
        _editor.Set("workload.requestsPerMonth", 20m);
        _clock.Ticks += TimeSpan.FromSeconds(5).Ticks;
        _editor.Set("workload.requestsPerMonth", 30m);
        _editor.Undo();
        Assert.Equal(20m, _editor.Draft.Workload.RequestsPerMonth);
        _editor.Undo();
        Assert.Equal(10_000_000m, _editor.Draft.Workload.RequestsPerMonth);
    }

    [Fact]
    public void Volume_in_tokens_follows_the_lengths_and_a_clicked_volume_ends_it()
    {
        _editor.Set("workload.volume", new VolumeEntry { Basis = VolumeBases.TokensPerMonth, Value = 1_000_000_000 });
        // 1 billion ÷ 500 tokens.
        Assert.Equal(2_000_000m, _editor.Draft.Workload.RequestsPerMonth);
        _editor.Set("workload.outputTokens", 600m);
        Assert.Equal(1_000_000m, _editor.Draft.Workload.RequestsPerMonth);
        _editor.Set("workload.requestsPerMonth", 4_000_000m);
        Assert.Null(_editor.Draft.Workload.Volume);
        _editor.Undo();
        Assert.Equal((1_000_000m, VolumeBases.TokensPerMonth), (_editor.Draft.Workload.RequestsPerMonth, _editor.Draft.Workload.Volume!.Basis));
        Assert.False(_editor.IsFaulty);
    }

    [Fact]
    public void Range_follows_its_input_in_one_edit_and_keeps_its_ratios_through_half_typed_numbers()
    {
        _editor.Set("ranges", new[] { new InputRange { Path = "workload.requestsPerMonth", Low = 5_000_000, Likely = 10_000_000, High = 30_000_000 } });
        foreach (var typed in new[] { 0m, 2m, 20m, 20_000_000m })
            _editor.Set("workload.requestsPerMonth", typed);
        Assert.Equal((10_000_000m, 20_000_000m, 60_000_000m), (_editor.Draft.Ranges[0].Low, _editor.Draft.Ranges[0].Likely, _editor.Draft.Ranges[0].High));
        _editor.Undo();
        Assert.Equal((10_000_000m, 5_000_000m), (_editor.Draft.Workload.RequestsPerMonth, _editor.Draft.Ranges[0].Low));
    }

    [Fact]
    public void Clicked_volume_takes_the_range_back_to_requests_a_month()
    {
        _editor.Set("workload.volume", new VolumeEntry { Basis = VolumeBases.TokensPerMonth, Value = 5_000_000_000 });
        _editor.Set("ranges", new[] { new InputRange { Path = "workload.volume.value", Low = 2_500_000_000, Likely = 5_000_000_000, High = 10_000_000_000 } });
        _editor.Set("workload.requestsPerMonth", 4_000_000m);
        Assert.Equal(new InputRange { Path = "workload.requestsPerMonth", Low = 2_000_000, Likely = 4_000_000, High = 8_000_000 }, Assert.Single(_editor.Draft.Ranges));
        Assert.False(_editor.IsFaulty);
    }

    [Fact]
    public void Faulty_draft_keeps_the_last_good_answer_and_names_the_field()
    {
        _editor.Set("workload.inputTokens", 800m);
        _editor.Set("workload.requestsPerMonth", -1m);
        Assert.True(_editor.IsFaulty);
        Assert.NotNull(ProblemAt("workload.requestsPerMonth"));
        // 10 M × 900 tokens × $1.50 per million: what the last sound draft cost.
        Assert.Equal(13_500m, _editor.Answer!.Options[0].Result.OngoingMonthlyUsd);
        _editor.Set("workload.requestsPerMonth", 1_000_000m);
        Assert.False(_editor.IsFaulty);
        Assert.Equal(1_350m, _editor.Answer!.Options[0].Result.OngoingMonthlyUsd);
    }

    [Fact]
    public void A_value_that_cannot_stand_there_is_refused_at_its_path_and_the_draft_stays()
    {
        _editor.Set("options[1].fleet.instances", 2.5m);
        Assert.Equal("This must be a whole number that is not too large.", ProblemAt("options[1].fleet.instances"));
        Assert.Equal(2, ((SelfHostOption)_editor.Draft.Options[1]).Fleet.Instances);
        _editor.Set("options[1].fleet.instances", 3m);
        Assert.Null(ProblemAt("options[1].fleet.instances"));
        Assert.Equal(12_251.52m, _editor.Answer!.Options[1].Result.OngoingMonthlyUsd);
    }

    [Fact]
    public void Null_is_refused_where_the_document_needs_a_value()
    {
        _editor.Set("workload.inputTokens", null);
        Assert.Equal("A value is needed here.", ProblemAt("workload.inputTokens"));
    }

    [Fact]
    public void Text_that_cannot_be_read_is_a_fault_until_it_is_mended()
    {
        _editor.Refuse("workload.inputTokens", "not a number");
        Assert.True(_editor.IsFaulty);
        Assert.NotNull(_editor.Answer);
        _editor.Refuse("workload.inputTokens", null);
        Assert.False(_editor.IsFaulty);
    }

    [Fact]
    public void A_part_that_was_left_out_begins_with_the_first_value_set_in_it()
    {
        _editor.Set("options[1].people.hoursPerMonth", 10m);
        _editor.Set("options[1].people.usdPerHour", 100m);
        Assert.Equal(9_167.68m, _editor.Answer!.Options[1].Result.OngoingMonthlyUsd);
        _editor.Set("options[1].people", null);
        Assert.Null(((SelfHostOption)_editor.Draft.Options[1]).People);
    }

    [Fact]
    public void Members_that_this_version_does_not_know_survive_an_edit()
    {
        var (scenario, _) = ScenarioJson.Read(ScenarioJson.Write(Documents.HighVolumeChat).Replace("\"notes\":\"\"", "\"notes\":\"\",\"colour\":\"blue\"", StringComparison.Ordinal));
        var editor = new ScenarioEditor(scenario!, Documents.Catalog, _clock);
        editor.Set("hoursPerMonth", 730m);
        Assert.Equal("blue", editor.Draft.Unknown!["colour"].GetString());
    }

    [Fact]
    public void Stored_answer_is_shown_until_the_first_edit()
    {
        var stored = Engine.Evaluate(Documents.HighVolumeChat, Documents.Catalog) with { EngineVersion = "0.9" };
        var editor = new ScenarioEditor(Documents.HighVolumeChat, Documents.Catalog, _clock, stored);
        Assert.Equal("0.9", editor.Answer!.EngineVersion);
        editor.Set("hoursPerMonth", 730m);
        Assert.Equal(Engine.Version, editor.Answer!.EngineVersion);
    }

    [Fact]
    public void Saved_draft_is_clean_and_undoing_makes_it_dirty_again()
    {
        _editor.Set("hoursPerMonth", 730m);
        _editor.MarkSaved();
        Assert.False(_editor.IsDirty);
        _editor.Undo();
        Assert.True(_editor.IsDirty);
    }

    [Fact]
    public void Newer_prices_are_taken_on_request_and_can_be_undone()
    {
        var scenario = Documents.Chat(Documents.Fleet());
        var editor = new ScenarioEditor(scenario, Documents.Catalog, _clock);
        var instance = Documents.Catalog.Instances["aws:g5.12xlarge:us-east-1"];
        var today = Documents.Catalog with
        {
            Instances = new Dictionary<string, Instance> { [instance.Key] = instance with { Prices = instance.Prices with { OnDemandUsd = 5m, SpotUsd = 1m } } },
        };
        var change = Assert.Single(CatalogRows.Changes(editor.Draft, editor.Catalog, today));
        Assert.Equal(("on demand, an hour", "$5.672", "$5.00"), (change.What, change.Old, change.New));
        editor.TakePrices(today);
        Assert.Equal(7_200m, editor.Answer!.Options[0].Result.OngoingMonthlyUsd);
        Assert.True(editor.IsDirty);
        editor.Undo();
        Assert.Equal(8_167.68m, editor.Answer!.Options[0].Result.OngoingMonthlyUsd);
        Assert.False(editor.IsDirty);
    }

    [Fact]
    public void A_price_of_ones_own_is_not_outdated_by_the_catalog()
    {
        var instance = Documents.Catalog.Instances["aws:g5.12xlarge:us-east-1"];
        var today = new CatalogSnapshot { Instances = new Dictionary<string, Instance> { [instance.Key] = instance with { Prices = new HourlyPrices(9, 9, 9, 9) } } };
        Assert.Empty(CatalogRows.Changes(Documents.Chat(Documents.Fleet() with { InstanceUsdPerHour = 5.672m }), Documents.Catalog, today));
    }

    [Fact]
    public void Rows_added_by_an_edit_do_not_change_those_already_used()
    {
        var instance = Documents.Catalog.Instances["aws:g5.12xlarge:us-east-1"];
        var rows = new CatalogSnapshot { Instances = new Dictionary<string, Instance> { [instance.Key] = instance with { Prices = new HourlyPrices(9, null, null, null) } } };
        _editor.Change(draft => OptionEdits.Duplicate(draft, 1), rows);
        Assert.Equal(5.672m, _editor.UsedCatalog.Instances[instance.Key].Prices.OnDemandUsd);
        Assert.Empty(_editor.UsedCatalog.Prices);
    }

    [Fact]
    public void Options_are_added_moved_duplicated_and_removed()
    {
        _editor.Change(draft => OptionEdits.Duplicate(draft, 0));
        Assert.Equal(["api", "api-2", "self"], _editor.Draft.Options.Select(option => option.Id));
        _editor.Change(draft => OptionEdits.Move(draft, 2, -1));
        Assert.Equal(["api", "self", "api-2"], _editor.Draft.Options.Select(option => option.Id));
        _editor.Change(draft => OptionEdits.Remove(draft, 0));
        Assert.Null(_editor.Draft.BaselineOptionId);
        _editor.Change(draft => OptionEdits.AddApi(draft, ownPrices: true));
        Assert.False(_editor.IsFaulty);
        Assert.Null(_editor.Answer!.Options[2].Result.OngoingMonthlyUsd);
        _editor.Change(OptionEdits.AddFleet);
        Assert.NotNull(ProblemAt("options[3].instanceKey"));
        Assert.Null(ProblemAt("options[3].throughput.tokensPerSecond"));
    }

    private sealed class Clock : TimeProvider
    {
        internal long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }

    /// <summary>What the field at a path says.</summary>
    private string? ProblemAt(string path) => new ScenarioForm(_editor, () => { }).Problem(path);
}
