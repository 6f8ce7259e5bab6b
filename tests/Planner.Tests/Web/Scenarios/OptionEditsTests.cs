using Microsoft.Extensions.DependencyInjection;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Reports;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>Mixes and tenants in the list of options, and all of it in a report's words.</summary>
public class OptionEditsTests
{
    private static readonly Scenario OfEach = Documents.Chat(Documents.Api(15, 15), Documents.Fleet(FleetSizings.WeeklyPeak, null));

    [Fact]
    public void Mix_of_one_fleet_and_one_API_needs_no_further_word()
    {
        var scenario = OptionEdits.AddMix(OfEach);
        var mix = Assert.IsType<HybridOption>(scenario.Options[2]);
        Assert.Equal((HybridModes.Overflow, "self", "api"), (mix.Mode, mix.FleetOptionId, mix.ApiOptionId));
        Assert.Empty(ScenarioRules.Check(scenario, Documents.Catalog));
    }

    [Fact]
    public void Mix_of_several_asks_and_one_of_APIs_alone_goes_by_task()
    {
        var several = (HybridOption)OptionEdits.AddMix(Documents.Chat(Documents.Api(), Documents.Api() with { Id = "other" }, Documents.Fleet())).Options[3];
        Assert.Equal(("self", null), (several.FleetOptionId, several.ApiOptionId));
        var apis = OptionEdits.AddMix(Documents.Chat(Documents.Api(), Documents.Api() with { Id = "other" }));
        Assert.Equal(["api", "other"], ((HybridOption)apis.Options[2]).Routes.Select(route => route.OptionId));
        Assert.Empty(ScenarioRules.Check(apis, Documents.Catalog));
    }

    [Theory]
    [InlineData(HybridModes.Overflow)]
    [InlineData(HybridModes.Hours)]
    [InlineData(HybridModes.Tasks)]
    [InlineData(HybridModes.Fallback)]
    public void Every_mode_begins_without_a_fault(string mode)
    {
        var scenario = OptionEdits.AddMix(OfEach);
        scenario = OptionEdits.Change<HybridOption>(scenario, "mix", mix => OptionEdits.InMode(mix, mode, scenario));
        Assert.Empty(ScenarioRules.Check(scenario, Documents.Catalog));
        Assert.NotNull(Engine.Evaluate(scenario, Documents.Catalog).Options[2].OngoingMonthlyUsd);
    }

    [Fact]
    public void Removed_part_stays_named_until_it_comes_back_and_no_new_option_takes_its_place()
    {
        var mixed = OptionEdits.AddMix(OfEach);
        Assert.Equal(["Mix"], OptionIds.MixesOf(mixed, "api"));
        var without = OptionEdits.Remove(mixed, 0);
        Assert.Contains(ScenarioRules.Check(without, Documents.Catalog), problem => problem.Path == "options[1].apiOptionId");
        Assert.Equal("api-2", OptionEdits.AddApi(without, ownPrices: true).Options[^1].Id);
        Assert.Empty(ScenarioRules.Check(OptionEdits.Restore(without, mixed, 0), Documents.Catalog));
    }

    [Fact]
    public async Task Page_says_which_mix_a_removed_option_leaves_without_it_and_takes_it_back()
    {
        var form = new ScenarioForm(new ScenarioEditor(OptionEdits.AddMix(OfEach), Documents.Catalog, TimeProvider.System), () => { });
        var toasts = new Toasts(TimeProvider.System);
        using var renderer = TestRenderer.Create(services => services.AddSingleton(toasts));
        await renderer.RenderAsync<WithForm<OptionList>>(("Form", form));
        await renderer.ClickAsync("aria-label", "Remove API");
        var toast = Assert.Single(toasts.Shown);
        Assert.Equal("Removed API. It was a part of Mix: choose another option there, or undo this.", toast.Text);
        await toast.Undo!();
        Assert.False(form.Editor.IsFaulty);
    }

    [Fact]
    public void Fleet_each_stands_beside_the_shared_one()
    {
        var shared = Documents.Fleet(FleetSizings.Fixed, 3) with { Tenancy = new Tenancy { Tenants = 4, OverheadShare = 0.1m } };
        var scenario = OptionEdits.AddTenancyRival(Documents.Chat(Documents.Api(), shared), 1);
        var each = Assert.IsType<SelfHostOption>(scenario.Options[2]);
        Assert.Equal(("Fleet (a fleet each)", Tenancies.Each, FleetSizings.WeeklyPeak), (each.Name, each.Tenancy!.Kind, each.Fleet.Sizing));
        Assert.Empty(ScenarioRules.Check(scenario, Documents.Catalog));
        Assert.Equal("Fleet (a fleet each) (shared)", OptionEdits.AddTenancyRival(scenario, 2).Options[3].Name);
    }

    [Fact]
    public void Report_lists_fleets_over_the_week_and_mixes_in_words()
    {
        var fleet = Documents.Fleet(FleetSizings.Hourly, null) with
        {
            Fleet = new Fleet { Sizing = FleetSizings.Hourly, MinimumReplicas = 2, StepReplicas = 3, ColdStartMinutes = 5, SpareReplicas = 1 },
            Purchase = [new PurchaseShare { Kind = PurchaseKinds.Spot, Share = 0.7m, InterruptionsPerMonth = 4, RestartMinutes = 10 }, new PurchaseShare { Kind = PurchaseKinds.Owned, Share = 0.3m }],
            Owned = new OwnedHardware { PriceUsd = 36_000, PowerKw = 2, UsdPerKwh = 0.1m },
            AdditionalFleets = [new AdditionalFleet { Name = "Staging", HoursPerMonth = 200 }],
            Tenancy = new Tenancy { Tenants = 4, OverheadShare = 0.1m },
        };
        var scenario = OptionEdits.AddMix(Documents.Chat(Documents.Api(), fleet));
        scenario = scenario with { Workload = scenario.Workload with { Shape = new LoadShape { Kind = ShapeKinds.BusinessHours, TimeZone = "Europe/Berlin" } } };

        var rows = AssumptionGroup.Of(scenario, Documents.Catalog).SelectMany(group => group.Rows).ToDictionary(row => row.Label + "|" + row.Value, row => row.Note);
        foreach (var row in new[]
        {
            "Shape of the week|business hours, Monday to Friday, Europe/Berlin",
            "Fleet|autoscaled by the hour, at least 2 replicas, by 3 replicas at a time, 1 spare",
            "Spot|$2.137 an hour, 70 % of the instances, taken away 4 times a month for 10 minutes: on demand stands in",
            "Owned|bought, 30 % of the instances",
            "Machine|$36,000.00, used for 36 months",
            "Power|2 kW × 1.3 at $0.10 per kWh",
            "Staging|1 instance for 200 hours, on demand",
            "Tenants|4, adapters on one fleet",
            "Fleet|Fleet",
            "API|API",
            "Base fleet|as many replicas as cost least",
        })
            Assert.Contains(row, rows.Keys);
        Assert.Equal("for what exceeds the base fleet", rows["API|API"]);
    }
}
