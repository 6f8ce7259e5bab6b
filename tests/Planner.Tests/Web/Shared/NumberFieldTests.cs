using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Shared;

/// <summary>The box of a number on a busy machine: what follows its pause may get its turn late.</summary>
public class NumberFieldTests
{
    private readonly PausingTime _time = new();
    private readonly List<decimal?> _raised = [];

    [Fact]
    public async Task Key_that_comes_after_the_pause_of_another_and_before_its_turn_is_taken()
    {
        using var renderer = await OpenAsync();

        var typed = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var first = renderer.KeyAsync("id", "volume", "1");
            // What follows the pause waits until this is done: the next key comes before it.
            (await _time.NextAsync()).End();
            return (Task[])[first, renderer.KeyAsync("id", "volume", "12")];
        });
        (await _time.NextAsync()).End();
        await Task.WhenAll(typed);

        Assert.Equal([1, 12], _raised);
    }

    [Fact]
    public async Task Field_that_leaves_the_page_after_a_pause_and_before_its_turn_says_nothing_more()
    {
        using var renderer = await OpenAsync();
        var first = renderer.KeyAsync("id", "volume", "7");
        await _time.NextAsync();
        var second = renderer.KeyAsync("id", "volume", "71");
        var last = await _time.NextAsync();

        await renderer.Dispatcher.InvokeAsync(() =>
        {
            last.End();
            renderer.Find<NumberField>().Dispose();
        });
        await Task.WhenAll(first, second);

        Assert.Equal([7], _raised);
    }

    [Theory]
    [InlineData("12.5", "ArrowUp", 13)]
    [InlineData("12.5", "ArrowDown", 12)]
    [InlineData("12", "ArrowUp", 13)]
    [InlineData("", "ArrowDown", 2)]
    [InlineData("1000", "ArrowDown", 60)]
    public async Task Button_makes_it_the_next_whole_number_from_what_the_box_says_or_its_default(string text, string button, int expected)
    {
        using var renderer = await OpenAsync(("Steps", true), ("Default", 3m), ("Max", 60m));
        await EnterAsync(renderer, text);

        await PressAsync(renderer, button);

        Assert.Equal(expected, _raised[^1]);
    }

    [Theory]
    [InlineData("1", "ArrowDown", 1)]
    [InlineData("8", "ArrowUp", 8)]
    public async Task Button_does_not_lead_beyond_what_is_allowed(string text, string button, int expected)
    {
        using var renderer = await OpenAsync(("Steps", true), ("Min", 1m), ("Max", 8m));
        await EnterAsync(renderer, text);

        await renderer.ClickAsync("data-arrow", button);

        Assert.Equal(expected, Assert.Single(_raised));
    }

    [Theory]
    [InlineData("12.5", "ArrowUp", 0.13)]
    [InlineData("150", "ArrowUp", 1)]
    [InlineData("", "ArrowUp", 0.51)]
    public async Task Arrow_moves_a_share_to_the_next_whole_percent_of_what_the_box_says(string text, string button, double expected)
    {
        using var renderer = await OpenAsync(("Slides", true), ("Percent", true), ("Default", 0.5m), ("Max", 1m));
        await EnterAsync(renderer, text);

        await PressAsync(renderer, button);

        Assert.Equal((decimal)expected, _raised[^1]);
    }

    [Fact]
    public async Task Slider_gives_a_share_of_what_it_says_in_percent()
    {
        using var renderer = await OpenAsync(("Slides", true), ("Percent", true), ("Default", 0.5m));
        Assert.Contains("value=\"50\"", await renderer.HtmlAsync(), StringComparison.Ordinal);

        var slid = renderer.KeyAsync("type", "range", "35");
        (await _time.NextAsync()).End();
        await slid;

        Assert.Equal(0.35m, Assert.Single(_raised));
    }

    private async Task EnterAsync(TestRenderer renderer, string text)
    {
        var typed = renderer.KeyAsync("id", "volume", text);
        (await _time.NextAsync()).End();
        await typed;
    }

    private async Task PressAsync(TestRenderer renderer, string button)
    {
        var pressed = renderer.ClickAsync("data-arrow", button);
        (await _time.NextAsync()).End();
        await pressed;
    }

    private async Task<TestRenderer> OpenAsync(params (string Name, object Value)[] parameters)
    {
        RenderFragment field = builder =>
        {
            builder.OpenComponent<NumberField>(0);
            builder.AddAttribute(1, "Id", "volume");
            builder.AddAttribute(2, "Label", "Volume");
            builder.AddAttribute(3, "ValueChanged", EventCallback.Factory.Create<decimal?>(this, _raised.Add));
            builder.AddMultipleAttributes(4, parameters.ToDictionary(pair => pair.Name, pair => pair.Value));
            builder.CloseComponent();
        };
        var renderer = TestRenderer.Create(services => services.AddSingleton<TimeProvider>(_time));
        await renderer.RenderAsync<Panel>(("ChildContent", field));
        return renderer;
    }

    /// <summary>Time in which pauses last until they are ended.</summary>
    private sealed class PausingTime : TimeProvider
    {
        private readonly Channel<Pause> _begun = Channel.CreateUnbounded<Pause>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var pause = new Pause(callback, state);
            _begun.Writer.TryWrite(pause);
            return pause;
        }

        /// <summary>The next pause, when it has begun.</summary>
        public ValueTask<Pause> NextAsync() => _begun.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Pause(TimerCallback callback, object? state) : ITimer
    {
        /// <summary>Ends it on a thread of its own, as a timer does.</summary>
        public void End()
        {
            var thread = new Thread(() => callback(state));
            thread.Start();
            thread.Join();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
