using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Planner.Web.Components.Charts;
using Xunit;

namespace Planner.Tests.Web.Charts;

public class WeekEditorTests
{
    [Fact]
    public async Task Stroke_raises_one_change_with_all_168_values()
    {
        using var editing = await Editing.StartAsync(new double[168]);

        await editing.StrokeAsync([38, 39, 40], 3.2);

        var raised = Assert.Single(editing.Raised);
        Assert.Equal(168, raised.Count);
        Assert.Equal([3.2, 3.2, 3.2], raised.Skip(38).Take(3));
        Assert.Equal(9.6, raised.Sum(), 9);
    }

    [Fact]
    public async Task Cells_are_named_by_day_hour_and_value()
    {
        using var editing = await Editing.StartAsync(new double[168]);

        await editing.StrokeAsync([38], 3.2);
        var html = await editing.Renderer.HtmlAsync();

        Assert.Contains("role=\"grid\" aria-label=\"Load by hour\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Tuesday 14:00, weight 3.2\"", html, StringComparison.Ordinal);
        Assert.Equal(168, html.Split("role=\"gridcell\"").Length - 1);
        Assert.Equal(8, html.Split("role=\"row\"").Length - 1);
        Assert.Single(html.Split('<'), tag => tag.StartsWith("span", StringComparison.Ordinal) && tag.Contains("tabindex=\"0\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stroke_that_changes_nothing_raises_nothing()
    {
        using var editing = await Editing.StartAsync(new double[168]);

        await editing.StrokeAsync([0, 1], 0);
        await editing.StrokeAsync([-1, 168], 5);

        Assert.Empty(editing.Raised);
    }

    [Fact]
    public async Task Steps_of_a_tenth_leave_round_values()
    {
        using var editing = await Editing.StartAsync([.. Enumerable.Repeat(0.1, 168)]);

        await editing.NudgeAsync([0], 2);

        Assert.Equal(0.3, Assert.Single(editing.Raised)[0]);
    }

    [Theory]
    [InlineData(2.6, 3)]
    [InlineData(-4, 1)]
    [InlineData(99, 8)]
    [InlineData(double.NaN, 1)]
    public async Task Whole_steps_and_both_limits_hold_for_what_is_typed(double typed, double kept)
    {
        using var editing = await Editing.StartAsync([.. Enumerable.Repeat(5.0, 168)], ("Step", 1.0), ("Min", 1.0), ("Max", (double?)8));

        await editing.StrokeAsync([7], typed);

        Assert.Equal(kept, Assert.Single(editing.Raised)[7]);
    }

    [Fact]
    public async Task Headings_select_a_day_and_an_hour_of_all_days_and_one_button_sets_them()
    {
        using var editing = await Editing.StartAsync(new double[168]);

        await editing.Renderer.ClickAsync("aria-label", "Tuesday: select all hours");
        await editing.Renderer.ClickAsync("aria-label", "All days 14:00: select");
        var html = await editing.Renderer.HtmlAsync();
        await editing.Renderer.ClickAsync("class", "button");

        Assert.Contains(">Set 30 hours<", html, StringComparison.Ordinal);
        Assert.Equal(30, html.Split("aria-selected=\"true\"").Length - 1);
        Assert.Equal([14, .. Enumerable.Range(24, 24), 62, 86, 110, 134, 158], Enumerable.Range(0, 168).Where(hour => Assert.Single(editing.Raised)[hour] == 1));
    }

    [Fact]
    public async Task Heading_chosen_twice_selects_nothing()
    {
        using var editing = await Editing.StartAsync(new double[168]);

        await editing.Renderer.ClickAsync("aria-label", "Sunday: select all hours");
        await editing.Renderer.ClickAsync("aria-label", "Sunday: select all hours");

        Assert.DoesNotContain("aria-selected=\"true\"", await editing.Renderer.HtmlAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monday_is_copied_to_the_other_weekdays_and_not_to_the_weekend()
    {
        using var editing = await Editing.StartAsync([.. Enumerable.Range(0, 168).Select(hour => (double)hour)]);

        await editing.Renderer.ClickAsync("aria-label", "Copy the day");

        var raised = Assert.Single(editing.Raised);
        Assert.Equal(Enumerable.Range(0, 24).Select(hour => (double)hour), raised.Skip(96).Take(24));
        Assert.Equal(120, raised[120]);
    }

    [Fact]
    public async Task Clearing_sets_the_least_value_everywhere()
    {
        using var editing = await Editing.StartAsync([.. Enumerable.Repeat(5.0, 168)], ("Step", 1.0), ("Min", 1.0));

        await editing.Renderer.ClickAsync("class", "button quiet");

        Assert.All(Assert.Single(editing.Raised), value => Assert.Equal(1, value));
    }

    [Fact]
    public async Task Hours_to_choose_are_named_yes_or_no()
    {
        using var editing = await Editing.StartAsync(new double[168], ("Step", 1.0), ("Max", (double?)1), ("ValueLabel", "peak"));

        await editing.StrokeAsync([0], 1);
        var html = await editing.Renderer.HtmlAsync();

        Assert.Contains("aria-label=\"Monday 00:00, peak: yes\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Monday 01:00, peak: no\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Value to set", html, StringComparison.Ordinal);
    }

    private sealed class Editing : IDisposable
    {
        private Holder _holder = null!;

        public TestRenderer Renderer { get; } = TestRenderer.Create();

        public List<IReadOnlyList<double>> Raised => _holder.Raised;

        public static async Task<Editing> StartAsync(double[] values, params (string Name, object? Value)[] parameters)
        {
            var editing = new Editing();
            await editing.Renderer.RenderAsync<Holder>(("Values", values), ("More", parameters), ("Ready", (Action<Holder>)(holder => editing._holder = holder)));
            return editing;
        }

        public Task StrokeAsync(int[] hours, double value) => Renderer.Dispatcher.InvokeAsync(() => _holder.Editor.Stroke(hours, value));

        public Task NudgeAsync(int[] hours, int steps) => Renderer.Dispatcher.InvokeAsync(() => _holder.Editor.Nudge(hours, steps));

        public void Dispose() => ((IDisposable)Renderer).Dispose();
    }

    /// <summary>A page that keeps what the editor raises.</summary>
    private sealed class Holder : ComponentBase
    {
        [Parameter]
        public required IReadOnlyList<double> Values { get; set; }

        [Parameter]
        public required (string Name, object? Value)[] More { get; set; }

        [Parameter]
        public required Action<Holder> Ready { get; set; }

        public WeekEditor Editor { get; private set; } = null!;

        public List<IReadOnlyList<double>> Raised { get; } = [];

        private IReadOnlyList<double> Latest => Raised.Count > 0 ? Raised[^1] : Values;

        protected override void OnInitialized() => Ready(this);

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<WeekEditor>(0);
            builder.AddAttribute(1, "Values", Latest);
            builder.AddAttribute(2, "ValuesChanged", EventCallback.Factory.Create<IReadOnlyList<double>>(this, Raised.Add));
            builder.AddAttribute(3, "Label", "Load by hour");
            builder.AddAttribute(4, "ValueLabel", "weight");
            builder.AddMultipleAttributes(5, More.Select(pair => KeyValuePair.Create(pair.Name, pair.Value!)));
            builder.AddComponentReferenceCapture(6, editor => Editor = (WeekEditor)editor);
            builder.CloseComponent();
        }
    }
}
