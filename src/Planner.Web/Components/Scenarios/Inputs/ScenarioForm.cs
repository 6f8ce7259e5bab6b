using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>What input fields of the scenario page share. A new one after each change, so that every field shows its fault.</summary>
/// <param name="Editor">The draft.</param>
/// <param name="Changed">Called after each change.</param>
public sealed record ScenarioForm(ScenarioEditor Editor, Action Changed)
{
    public Scenario Draft => Editor.Draft;

    /// <summary>The fault of a field; null where there is none.</summary>
    public string? Problem(string path) => Editor.ProblemAt(path);

    public void Set(string path, object? value, CatalogSnapshot? rows = null)
    {
        Editor.Set(path, value, rows);
        Changed();
    }

    public void Refuse(string path, string? message)
    {
        Editor.Refuse(path, message);
        Changed();
    }

    public void Change(Func<Scenario, Scenario> change, CatalogSnapshot? rows = null)
    {
        Editor.Change(change, rows);
        Changed();
    }

    /// <summary>Element id of the field at a path.</summary>
    public static string IdOf(string path) => "in-" + path.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);
}
