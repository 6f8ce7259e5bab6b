using System.Text.Json;
using Microsoft.JSInterop;
using Planner.Data.Accounts;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Accounts;
using Planner.Web.Components.Scenarios;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>Drafts out of a browser's storage, which anything may have written.</summary>
public class DraftKeeperTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Kept_draft_comes_back_whole()
    {
        var storage = new Storage(JsonSerializer.Serialize(new KeptDraft(Documents.HighVolumeChat, 3, Noon), ScenarioJson.Options));
        await using var keeper = new DraftKeeper(storage, TimeProvider.System, "");

        var (draft, unreadable) = await keeper.FindAsync("new");

        Assert.False(unreadable);
        Assert.Equal((3, Noon), (draft!.Version, draft.At));
        Assert.Equal(ScenarioJson.Write(Documents.HighVolumeChat), ScenarioJson.Write(draft.Scenario));
    }

    [Theory]
    [InlineData("""{"scenario":{"name":"Cut","options":[{"id":"a","name":"A"}]},"version":1,"at":"2026-05-01T12:00:00Z"}""")]
    [InlineData("""{"scenario":{"name":"Cut","options":[null]},"version":1,"at":"2026-05-01T12:00:00Z"}""")]
    [InlineData("""{"version":1,"at":"2026-05-01T12:00:00Z"}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{ \"scenario\": ")]
    public async Task Draft_that_cannot_be_read_is_put_aside_and_said(string kept)
    {
        var storage = new Storage(kept);
        await using var keeper = new DraftKeeper(storage, TimeProvider.System, "");

        Assert.Equal((null, true), await keeper.FindAsync("new"));
        Assert.True(storage.Removed);
    }

    [Fact]
    public async Task Draft_of_one_user_in_one_workspace_is_offered_to_no_other()
    {
        var storage = new Storage("{}");
        var ada = new Caller(7, "ada", "s", new Membership(2, "Two", Role.Editor), []);

        foreach (var user in new[] { Callers.Owner, Callers.Principal(ada, "x"), Callers.Principal(ada with { UserId = 8 }, "x"), Callers.Principal(ada with { Current = ada.Current! with { WorkspaceId = 1 } }, "x") })
        {
            await using var keeper = new DraftKeeper(storage, TimeProvider.System, Callers.DraftsOf(user));
            await keeper.FindAsync("new");
        }

        Assert.Equal(["planner.draft.new", "planner.draft.7.2.new", "planner.draft.8.2.new", "planner.draft.7.1.new"], storage.Asked);
    }

    [Fact]
    public async Task What_is_brought_back_after_the_page_was_left_is_taken()
    {
        var storage = new Storage("{}");
        var keeper = new DraftKeeper(storage, TimeProvider.System, "");
        await keeper.FindAsync("new");
        await keeper.DisposeAsync();

        await keeper.TakeAsync("new", new KeptDraft(Documents.HighVolumeChat, 0, DateTimeOffset.UnixEpoch));

        Assert.True(storage.Taken);
    }

    /// <summary>A browser whose script finds one draft, whatever it is asked for.</summary>
    private sealed class Storage(string kept) : IJSRuntime, IJSObjectReference
    {
        private const string Place = "where it lies";

        private bool _isReleased;

        internal bool Removed { get; private set; }

        internal bool Taken { get; private set; }

        internal List<string> Asked { get; } = [];

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            if (identifier == "import")
            {
                _isReleased = false;
                return ValueTask.FromResult((TValue)(object)this);
            }

            ObjectDisposedException.ThrowIf(_isReleased, this);
            Taken |= identifier == "takeDraft";
            Removed |= identifier == "dropDraft" && Equals(args![1], Place);
            if (identifier != "findDraft")
                return default;
            Asked.Add((string)args![0]!);
            return ValueTask.FromResult(JsonSerializer.Deserialize<TValue>(JsonSerializer.Serialize(new { place = Place, text = kept }), JsonSerializerOptions.Web)!);
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            _isReleased = true;
            return default;
        }
    }
}
