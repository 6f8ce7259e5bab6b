using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web;

/// <summary>The box of a number on a busy machine: what follows its pause may get its turn late.</summary>
public class NumberFieldTests
{
    [Fact]
    public async Task Key_that_comes_after_the_pause_of_another_and_before_its_turn_is_taken()
    {
        decimal? value = null;
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<NumberField>(("Id", "volume"), ("Label", "Volume"), ("ValueChanged", EventCallback.Factory.Create<decimal?>(this, taken => value = taken)));

        await Task.WhenAll(await renderer.Dispatcher.InvokeAsync(() =>
        {
            var first = renderer.KeyAsync("id", "volume", "1");
            // The pause is over, and what follows it waits until this is done.
            Thread.Sleep(400);
            return Task.FromResult<Task[]>([first, renderer.KeyAsync("id", "volume", "12")]);
        }));

        Assert.Equal(12, value);
    }

    [Fact]
    public async Task Field_that_leaves_the_page_after_a_pause_and_before_its_turn_says_nothing()
    {
        decimal? value = null;
        RenderFragment field = builder =>
        {
            builder.OpenComponent<NumberField>(0);
            builder.AddAttribute(1, "Id", "volume");
            builder.AddAttribute(2, "Label", "Volume");
            builder.AddAttribute(3, "ValueChanged", EventCallback.Factory.Create<decimal?>(this, taken => value = taken));
            builder.CloseComponent();
        };
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<Panel>(("ChildContent", field));

        await await renderer.Dispatcher.InvokeAsync(() =>
        {
            var typed = renderer.KeyAsync("id", "volume", "7");
            Thread.Sleep(400);
            renderer.Find<NumberField>().Dispose();
            return Task.FromResult(typed);
        });

        Assert.Equal(7, value);
    }
}
