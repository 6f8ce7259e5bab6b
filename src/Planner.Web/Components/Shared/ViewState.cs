using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Planner.Web.Components.Shared;

/// <summary>What a reader chose to look at, by short names; the usual choice has no value. It lasts as long as who holds it.</summary>
public class ViewState
{
    private readonly Dictionary<string, string?> _values = [];

    /// <summary>What was chosen; null for the usual.</summary>
    public virtual string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Keeps what was chosen; null for the usual.</summary>
    public void Keep(string name, string? value) => Keep(new Dictionary<string, string?> { [name] = value });

    /// <summary>Keeps several choices at once.</summary>
    public virtual void Keep(IReadOnlyDictionary<string, string?> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        foreach (var (name, value) in choices)
            _values[name] = value;
    }
}

/// <summary>The same in the page's address, of which a circuit has one: it is there again when the page is loaded, gone back to or given to somebody.</summary>
/// <remarks>The browser confirms a new address later than it is asked for. Until then what was chosen counts all the same, so that two choices in quick succession both stay.</remarks>
public sealed class AddressViewState : ViewState, IDisposable
{
    /// <summary>In the place of the address that stands, without a move to the head of the page: shell.ts knows the word.</summary>
    public static readonly NavigationOptions Staying = new() { ReplaceHistoryEntry = true, HistoryEntryState = "stay" };

    private readonly NavigationManager _navigation;
    private readonly Dictionary<string, string?> _asked = [];
    private string _path;

    public AddressViewState(NavigationManager navigation)
    {
        ArgumentNullException.ThrowIfNull(navigation);
        (_navigation, _path) = (navigation, PathOf(navigation.Uri));
        _navigation.LocationChanged += Moved;
    }

    public override string? this[string name] => Asked.TryGetValue(name, out var asked) ? asked : InAddress(_navigation.Uri, name);

    public override void Keep(IReadOnlyDictionary<string, string?> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        foreach (var (name, value) in choices)
            Asked[name] = value;
        _navigation.NavigateTo(_navigation.GetUriWithQueryParameters(_asked.ToDictionary(choice => choice.Key, object? (choice) => choice.Value)), Staying);
    }

    /// <summary>The address of another page of the same kind, with the choices of this one.</summary>
    /// <param name="path">Path of that page.</param>
    /// <param name="names">The names that it has, too.</param>
    public string On(string path, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return QueryHelpers.AddQueryString(path, names.Select(name => KeyValuePair.Create(name, this[name])).Where(choice => choice.Value is not null));
    }

    /// <summary>What was asked for on this page and is not confirmed yet.</summary>
    private Dictionary<string, string?> Asked
    {
        get
        {
            // A page that was moved to asks before the move is told here.
            if (PathOf(_navigation.Uri) is var path && path != _path)
            {
                _path = path;
                _asked.Clear();
            }

            return _asked;
        }
    }

    public void Dispose() => _navigation.LocationChanged -= Moved;

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        foreach (var (name, value) in Asked.ToList())
        {
            if (InAddress(e.Location, name) == value)
                _asked.Remove(name);
        }
    }

    private static string PathOf(string address) => new Uri(address).AbsolutePath;

    private static string? InAddress(string address, string name) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(name, out var found) && found is [{ Length: > 0 } value, ..] ? value : null;
}
