using Planner.Domain.Scenarios;
using Planner.Tests.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Inputs;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

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

    private ScenarioForm With(string path, object value)
    {
        _form.Set(path, value);
        return _form;
    }
}
