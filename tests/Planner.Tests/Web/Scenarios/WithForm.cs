using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Planner.Web.Components.Scenarios.Inputs;

namespace Planner.Tests.Web.Scenarios;

/// <summary>Inputs of the scenario page inside the form that they belong to.</summary>
internal sealed class WithForm<T> : ComponentBase
    where T : IComponent
{
    [Parameter]
    public required ScenarioForm Form { get; set; }

    /// <summary>The parameters of the inputs; null for none.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, object>? Parts { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<ScenarioForm>>(0);
        builder.AddComponentParameter(1, "Value", Form);
        builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inner =>
        {
            inner.OpenComponent<T>(0);
            inner.AddMultipleAttributes(1, Parts);
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    }
}
