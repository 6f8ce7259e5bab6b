using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Planner.Web.Components.Scenarios.Inputs;

namespace Planner.Tests.Web.Scenarios;

/// <summary>Inputs of the scenario page inside the form that they belong to; what is changed through them shows at once, as on the page.</summary>
internal sealed class WithForm<T> : ComponentBase
    where T : IComponent
{
    private ScenarioForm? _shown;

    [Parameter]
    public required ScenarioForm Form { get; set; }

    /// <summary>The parameters of the inputs; null for none.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, object>? Parts { get; set; }

    protected override void OnParametersSet() => _shown = Form with { Changed = Renew };

    private void Renew()
    {
        Form.Changed();
        _ = InvokeAsync(() =>
        {
            _shown = _shown! with { };
            StateHasChanged();
        });
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<ScenarioForm>>(0);
        builder.AddComponentParameter(1, "Value", _shown);
        builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inner =>
        {
            inner.OpenComponent<T>(0);
            inner.AddMultipleAttributes(1, Parts);
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    }
}
