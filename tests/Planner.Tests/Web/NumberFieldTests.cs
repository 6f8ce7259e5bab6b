using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web;

/// <summary>The box of a number on a busy machine: what follows its pause may get its turn late.</summary>
public class NumberFieldTests
{
    private readonly PausingTime _time = new();
    private readonly List<decimal?> _raised = [];

    [Fact]
    public async Task Key_that_comes_after_the_pause_of_another_and_before_its_turn_is_taken()
    {
        using var renderer = await OpenAsync();

        var typed = await renderer.Dispatcher.InvokeAsync(() =>
        {
            var first = renderer.KeyAsync("id", "volume", "1");
            // What follows the pause waits until this is done.
            _time.EndPause();
            return Task.FromResult<Task[]>([first, renderer.KeyAsync("id", "volume", "12")]);
        });
        await typed[0];
        Assert.Equal([1], _raised);
        _time.EndPause();
        await typed[1];

        Assert.Equal([1, 12], _raised);
    }

    [Fact]
    public async Task Field_that_leaves_the_page_after_a_pause_and_before_its_turn_says_nothing_more()
    {
        using var renderer = await OpenAsync();

        var typed = await renderer.Dispatcher.InvokeAsync(() =>
        {
            Task[] keys = [renderer.KeyAsync("id", "volume", "7"), renderer.KeyAsync("id", "volume", "71")];
            _time.EndPause();
            renderer.Find<NumberField>().Dispose();
            return Task.FromResult(keys);
        });
        await Task.WhenAll(typed);

        Assert.Equal([7], _raised);
    }

    private async Task<TestRenderer> OpenAsync()
    {
        RenderFragment field = builder =>
        {
            builder.OpenComponent<NumberField>(0);
            builder.AddAttribute(1, "Id", "volume");
            builder.AddAttribute(2, "Label", "Volume");
            builder.AddAttribute(3, "ValueChanged", EventCallback.Factory.Create<decimal?>(this, _raised.Add));
            builder.CloseComponent();
        };
        var renderer = TestRenderer.Create(services => services.AddSingleton<TimeProvider>(_time));
        await renderer.RenderAsync<Panel>(("ChildContent", field));
        return renderer;
    }

    /// <summary>Time in which pauses last until they are ended.</summary>
    private sealed class PausingTime : TimeProvider
    {
        private readonly List<Pause> _pauses = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var pause = new Pause(this, callback, state);
            _pauses.Add(pause);
            return pause;
        }

        /// <summary>Ends the pause that lasts, on a thread of its own as a timer does.</summary>
        public void EndPause()
        {
            var thread = new Thread(Assert.Single(_pauses).End);
            thread.Start();
            thread.Join();
        }

        private sealed class Pause(PausingTime time, TimerCallback callback, object? state) : ITimer
        {
            public void End()
            {
                Dispose();
                callback(state);
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => time._pauses.Remove(this);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
