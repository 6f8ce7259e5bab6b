using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Data;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Inputs;

/// <summary>Every input of the scenario page says what it means.</summary>
public class InputHintsTests
{
    private static ScenarioForm FormOf(Scenario scenario) => new(new ScenarioEditor(scenario, Documents.Catalog, TimeProvider.System), () => { });

    /// <summary>Scenarios that between them show every field.</summary>
    public static TheoryData<string> Kinds => ["full", "currency", "volume", "users", "fixed", "hourly", "scheduled", "hours", "tasks", "fallback", "weights", "window", "peak", "catalog"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_field_has_an_explanation_and_every_number_its_unit(string kind)
    {
        using var database = await TestDatabase.PreparedAsync();
        var form = FormOf(InputFieldTests.Shown(kind));
        using var renderer = TestRenderer.Create(services => services.AddSingleton(database.Get<CatalogStore>()).AddSingleton(database.Get<MeasurementStore>()));
        await renderer.RenderAsync<WithForm<AllInputs>>(("Form", form));

        // Tools of the week's editor set no input by themselves.
        var tools = renderer.All<WeekEditor>().Count * 3;
        var bare = renderer.All<FieldFrame>().Where(field => string.IsNullOrWhiteSpace(field.Hint)).Select(field => field.Label).ToList();
        Assert.All(bare, label => Assert.Contains(label, (string[])["Value to set", "Copy day", "to", "Note", "Link"]));
        Assert.True(bare.Count <= tools + 2);
        Assert.All(renderer.All<FlagInput>(), flag => Assert.NotNull(InputHints.Of(flag.Path)));
        Assert.All(renderer.All<WeekInput>(), week => Assert.NotNull(InputHints.Of(week.Path)));
        Assert.All(InputFieldTests.Numbers(renderer), number =>
        {
            Assert.NotNull(InputHints.Of(number.Path));
            // Tiers are of the user's own scale; a range has its input's unit in its head.
            Assert.True(number.Box.Unit is not null || number.Box.Percent || number.Path == "workload.requirements.minimumQualityTier" || number.Path.StartsWith("ranges", StringComparison.Ordinal), $"{number.Path} has no unit");
        });
    }

    [Theory]
    [InlineData("options[3].additionalFleets[1].hoursPerMonth", "Paid hours; all where empty.")]
    [InlineData("options[0].priceChanges[2].price.inputUsdPerM", "For prompt tokens that no cache serves.")]
    [InlineData("options[0].price.tiers[1].outputUsdPerM", "For generated tokens, reasoning included.")]
    public void Place_in_a_list_does_not_matter(string path, string hint) => Assert.Equal(hint, InputHints.Of(path));

    [Fact]
    public void Unknown_input_has_none() => Assert.Null(InputHints.Of("workload.nosuch"));

    /// <summary>All groups of inputs, options unfolded.</summary>
    private sealed class AllInputs : ComponentBase
    {
        [CascadingParameter]
        public required ScenarioForm Form { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            foreach (var group in new[] { typeof(GeneralInputs), typeof(WorkloadInputs), typeof(LeverInputs), typeof(BaselineInputs), typeof(HorizonInputs), typeof(RangeInputs) })
            {
                builder.OpenComponent(0, group);
                builder.CloseComponent();
            }

            for (var i = 0; i < Form.Draft.Options.Count; i++)
            {
                var option = Form.Draft.Options[i];
                builder.OpenComponent(1, option switch { ApiOption => typeof(ApiInputs), SelfHostOption => typeof(FleetInputs), _ => typeof(MixInputs) });
                builder.AddComponentParameter(2, "Option", option);
                builder.AddComponentParameter(3, "Path", $"options[{i}]");
                builder.CloseComponent();
            }
        }
    }
}
