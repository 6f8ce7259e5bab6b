using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Data;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Inputs;

/// <summary>Messages and ranges speak of inputs as their fields do, and faults lead to them.</summary>
public class InputFieldTests
{
    private static readonly SelfHostOption Everything = Documents.Fleet() with
    {
        Throughput = new Throughput { Kind = ThroughputKinds.Stated, TokensPerSecond = 100 },
        Speculative = new SpeculativeDecoding { DraftTokens = 3 },
        Purchase = [new PurchaseShare { Kind = PurchaseKinds.Spot, Share = 0.4m }, new PurchaseShare { Kind = PurchaseKinds.Reserved1Y, Share = 0.3m }, new PurchaseShare { Kind = PurchaseKinds.Owned, Share = 0.3m }],
        AdditionalFleets = [new AdditionalFleet { Name = "Staging" }],
        Tenancy = new Tenancy { Tenants = 2 },
        Hiring = [new HiringStep { FromMonth = 6 }],
        Extras = [new ExtraCost { Name = "Storage" }],
        OneOff = [new OneOffCost { Name = "Training" }],
    };

    private static readonly Scenario Full = OptionEdits.AddMix(Documents.HighVolumeChat with
    {
        Options = [Documents.Api() with { Price = new TokenPrices(), Provisioned = new ProvisionedThroughput(), PriceChanges = [new AnnouncedPrice { From = "2027-03" }] }, Everything],
        Workload = Documents.HighVolumeChat.Workload with
        {
            Seasonality = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
            Levers = new TokenLevers
            {
                ResponseCache = new() { On = true },
                PromptCompression = new() { On = true },
                PrefixCache = new() { On = true },
                OutputLimit = new() { On = true },
                BatchApi = new() { On = true },
                Distillation = new() { On = true },
            },
        },
    });

    /// <summary>The scenario with the fields that one kind of it has.</summary>
    internal static Scenario Shown(string kind)
    {
        var (api, fleet, mix) = ((ApiOption)Full.Options[0], (SelfHostOption)Full.Options[1], (HybridOption)Full.Options[2]);
        Scenario With(params Option[] options) => Full with { Options = options };
        Scenario Sized(string sizing) => With(api, fleet with { Fleet = fleet.Fleet with { Sizing = sizing } }, mix);
        Scenario Shaped(LoadShape shape) => Full with { Workload = Full.Workload with { Shape = shape } };
        Scenario Counted(string basis) => Full with { Workload = Full.Workload with { Volume = new VolumeEntry { Basis = basis, Users = basis == VolumeBases.RequestsPerUserPerDay ? 10 : null }.Matching(Full.Workload, 730) } };
        return kind switch
        {
            "full" => Full with { BaselineMonthlyUsd = 1, Ranges = [new InputRange { Path = "workload.inputTokens", Low = 1, Likely = 2, High = 3 }] },
            "currency" => Full with { Currency = "EUR" },
            "volume" => Counted(VolumeBases.TokensPerDay),
            "users" => Counted(VolumeBases.RequestsPerUserPerDay),
            "fixed" => Sized(FleetSizings.Fixed),
            "hourly" => Sized(FleetSizings.Hourly),
            "scheduled" => Sized(FleetSizings.Scheduled),
            "hours" => With(api, fleet, OptionEdits.InMode(mix, HybridModes.Hours, Full)),
            "tasks" => With(api, fleet, OptionEdits.InMode(mix, HybridModes.Tasks, Full)),
            "fallback" => With(api, fleet, OptionEdits.InMode(mix, HybridModes.Fallback, Full)),
            "weights" => Shaped(new LoadShape { Kind = ShapeKinds.Weights, Weights = [.. Enumerable.Repeat(1m, 168)] }),
            "window" => Shaped(new LoadShape { Kind = ShapeKinds.BatchWindow, Hours = [1, 2] }),
            "peak" => Shaped(new LoadShape { Kind = ShapeKinds.Peak, PeakToMean = 2 }),
            _ => With(api with { Price = null, PriceKey = null }, fleet with { InstanceKey = null, Throughput = new Throughput(), PurchaseMix = PurchaseMixes.Cheapest, Tenancy = new Tenancy { Tenants = 2, Kind = Tenancies.Each } }, mix),
        };
    }

    private static ScenarioForm FormOf(Scenario scenario) => new(new ScenarioEditor(scenario, Documents.Catalog, TimeProvider.System), () => { });

    [Fact]
    public async Task Every_number_has_the_label_and_unit_of_its_field()
    {
        using var database = new TestDatabase();
        var form = FormOf(Full);
        var fields = await FieldsAsync<ApiInputs>(database, form, 0);
        fields.AddRange(await FieldsAsync<FleetInputs>(database, form, 1));
        fields.AddRange(await FieldsAsync<MixInputs>(database, form, 2));
        fields.AddRange(await FieldsAsync<WorkloadInputs>(database, form, null));
        fields.AddRange(await FieldsAsync<LeverInputs>(database, form, null));
        fields.AddRange(await FieldsAsync<HorizonInputs>(database, form, null));

        Assert.True(fields.Count > 100, $"only {fields.Count} fields were shown");
        Assert.All(fields, field =>
        {
            var known = InputField.At(form.Draft, field.Path);
            // The peak of bursts and that of a flat week are one number of the document; so are the replicas that a fleet never goes below.
            if (field.Path is not "workload.shape.peakToMean")
                Assert.Equal((field.Path, field.Box.Label, field.Box.Unit, field.Box.Percent), (field.Path, known?.Label, known?.Unit, known?.Percent == true));
        });
    }

    [Theory]
    [InlineData("workload.cacheReadShare", "Read from cache")]
    [InlineData("workload.seasonality[2]", "Season, Mar")]
    [InlineData("options[0].price.inputUsdPerM", "API: Price of input")]
    [InlineData("options[0].priceChanges[0].price.inputUsdPerM", "API: from 2027-03: Price of input")]
    [InlineData("options[1].extras[0].usdPerMonth", "Fleet: Storage: Fixed amount")]
    [InlineData("options[1].purchase[1].upfrontShare", "Fleet: reserved 1 year: Paid upfront")]
    [InlineData("options[1]", "Fleet")]
    [InlineData("options[9].price.inputUsdPerM", "Options 10: price, input USD per M")]
    [InlineData("something.else", "Something: else")]
    public void Input_is_named_by_its_option_its_entry_and_its_field(string path, string name) => Assert.Equal(name, InputField.NameOf(Full, path));

    [Fact]
    public void Range_is_named_by_its_input()
    {
        var ranged = Full with { Ranges = [new InputRange { Path = "workload.cacheReadShare" }, new InputRange { Path = "ranges[1].low" }] };
        Assert.Equal("Range of Read from cache: low", InputField.NameOf(ranged, "ranges[0].low"));
        Assert.Equal("Range of ranges[1].low: high", InputField.NameOf(ranged, "ranges[1].high"));
        Assert.Equal("This value is not possible: “Written to cache”: no.", InputField.InWords(ranged, "This value is not possible: workload.cacheWriteShare: no."));
        Assert.Equal("Nothing 1.5 in i.e. this sentence.", InputField.InWords(ranged, "Nothing 1.5 in i.e. this sentence."));
    }

    [Fact]
    public async Task Faults_name_option_and_field_and_lead_there()
    {
        var editor = new ScenarioEditor(OptionEdits.Remove(OptionEdits.AddMix(Documents.HighVolumeChat), 0), Documents.Catalog, TimeProvider.System);
        string? asked = null;
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<FaultNotice>(("Editor", editor), ("OnReveal", EventCallback.Factory.Create<string>(this, path => asked = path)));
        Assert.Contains("Mix: API</button>: The option that this mix used was removed.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("No option has the id", html, StringComparison.Ordinal);
        await renderer.ClickAsync("class", "field-link");
        Assert.Equal("options[1].apiOptionId", asked);
        Assert.Equal(["in-options-1-apiOptionId", "in-options-1", "in-options"], ScenarioForm.IdsOf(editor.Draft, asked!));
    }

    [Fact]
    public async Task Card_of_a_faulty_option_is_marked_while_closed_and_opens_for_who_is_led_there()
    {
        var form = FormOf(OptionEdits.AddMix(Documents.HighVolumeChat));
        form.Set("options[2].downtimeShare", 0.9m);
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<OptionList>>(("Form", form));
        Assert.Contains("has a fault", html, StringComparison.Ordinal);
        Assert.DoesNotContain("The fleet is down", html, StringComparison.Ordinal);

        html = await renderer.RenderAsync<WithForm<OptionList>>(("Form", form with { Wanted = new WantedInput("options[2].downtimeShare") }));
        Assert.Contains("The fleet is down", html, StringComparison.Ordinal);
        Assert.Contains("Must be between 0 % and 50 %.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removed_option_is_chosen_no_more_in_the_mix_that_used_it()
    {
        var form = FormOf(OptionEdits.Remove(OptionEdits.AddMix(Documents.HighVolumeChat), 0));
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<MixInputs>>(("Form", form), ("Parts", new Dictionary<string, object> { ["Option"] = form.Draft.Options[1], ["Path"] = "options[1]" }));
        Assert.DoesNotContain("value=\"api\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"self\" selected", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_that_a_mix_cannot_be_made_of_is_chosen_no_more_than_a_removed_one()
    {
        var form = FormOf(OptionEdits.AddMix(Documents.HighVolumeChat));
        form.Set("options[2].fleetOptionId", "api");
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<MixInputs>>(("Form", form), ("Parts", new Dictionary<string, object> { ["Option"] = form.Draft.Options[2], ["Path"] = "options[2]" }));
        Assert.Contains("<option value=\"\" disabled selected>Choose</option><option value=\"self\">", html, StringComparison.Ordinal);
        Assert.NotNull(form.Problem("options[2].fleetOptionId"));
    }

    /// <summary>The number inputs that are shown, each with its box.</summary>
    internal static IEnumerable<(string Path, NumberField Box)> Numbers(TestRenderer renderer)
    {
        var boxes = renderer.All<NumberField>().Where(box => box.Id is not null).ToLookup(box => box.Id);
        return renderer.All<NumberInput>().Select(input => (input.Path, boxes[ScenarioForm.IdOf(input.Path)].First()));
    }

    private static async Task<List<(string Path, NumberField Box)>> FieldsAsync<T>(TestDatabase database, ScenarioForm form, int? option)
        where T : IComponent
    {
        using var renderer = TestRenderer.Create(services => services.AddSingleton(database.Get<CatalogStore>()).AddSingleton(database.Get<MeasurementStore>()));
        var parts = option is { } index ? new Dictionary<string, object> { ["Option"] = form.Draft.Options[index], ["Path"] = $"options[{index}]" } : null;
        await renderer.RenderAsync<WithForm<T>>(("Form", form), ("Parts", parts));
        return [.. Numbers(renderer)];
    }
}
