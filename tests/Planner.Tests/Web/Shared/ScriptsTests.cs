using Microsoft.JSInterop;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Shared;

public sealed class ScriptsTests
{
    [Theory]
    [MemberData(nameof(Gone))]
    public async Task Browser_that_is_not_there_is_no_fault(Exception exception)
    {
        var module = new Module(exception);
        await Scripts.ReleaseAsync(module);
        await Scripts.ReleaseAsync(module, "dispose", 7);
        Assert.Equal(["release", "dispose 7"], module.Asked);
    }

    [Fact]
    public async Task What_a_module_made_is_put_away_before_it_goes()
    {
        var module = new Module(null);
        await Scripts.ReleaseAsync(module, "end", false);
        Assert.Equal(["end False", "release"], module.Asked);
    }

    public static TheoryData<Exception> Gone() => [new JSDisconnectedException("left"), new TaskCanceledException("no answer for a minute")];

    private sealed class Module(Exception? exception) : IJSObjectReference
    {
        internal List<string> Asked { get; } = [];

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Asked.Add($"{identifier} {args![0]}");
            return exception is null ? default : ValueTask.FromException<TValue>(exception);
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            Asked.Add("release");
            return exception is null ? default : ValueTask.FromException(exception);
        }
    }
}
