using System.Globalization;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Uncertainty;

/// <summary>What single inputs do to the month while the others are at their likely values.</summary>
internal sealed class Sensitivity
{
    /// <summary>Steps on each side of the likely value in which a change of the cheapest option is looked for; one that begins and ends within a step is not seen.</summary>
    private const int Steps = 64;

    private readonly Scenario _scenario;
    private readonly SampleKernel _kernel;
    private readonly double[] _values;
    private readonly double[] _usd;
    private readonly int _best;
    private readonly int _second;

    /// <param name="scenario">The scenario.</param>
    /// <param name="kernel">Its months.</param>
    public Sensitivity(Scenario scenario, SampleKernel kernel)
    {
        (_scenario, _kernel) = (scenario, kernel);
        _values = [.. kernel.Inputs.Select(input => input.Likely)];
        _usd = new double[kernel.OptionCount];
        Likely = Month();
        _best = OutlookBuilder.Cheapest(_usd);
        if (_best >= 0)
            _usd[_best] = double.NaN;
        _second = OutlookBuilder.Cheapest(_usd);
    }

    /// <summary>The month at the likely values.</summary>
    public SimulatedMonth Likely { get; }

    /// <summary>One bar an input, the longest swing first; before them those at whose ends one of the two options cannot serve, which is the greatest swing of all.</summary>
    public List<TornadoBar> Tornado() => [.. _kernel.Inputs.Select(Bar).OrderByDescending(bar => bar.SwingUsd ?? double.PositiveInfinity)];

    /// <summary>What would flip the answer, one an input.</summary>
    public List<Flip> Flips() => [.. _kernel.Inputs.Select(FlipOf)];

    private TornadoBar Bar(UncertainInput input, int index)
    {
        var (low, atLow) = At(index, input.Low);
        var (high, atHigh) = At(index, input.High);
        return new TornadoBar(input.Path, input.Name, input.Low, input.High, low, high, atLow, atHigh, Math.Abs((atHigh - atLow) ?? double.NaN) is var swing && double.IsNaN(swing) ? null : swing);
    }

    private (SimulatedMonth Month, double? Difference) At(int index, double value)
    {
        _values[index] = value;
        var month = Month();
        _values[index] = _kernel.Inputs[index].Likely;
        return (month, _best < 0 ? null : _second < 0 ? month.Usd[_best] : month.Usd[_second] - month.Usd[_best]);
    }

    private SimulatedMonth Month()
    {
        _kernel.Set(_values);
        var bill = _kernel.Month(_usd);
        var cheapest = OutlookBuilder.Cheapest(_usd);
        var saving = cheapest < 0 ? double.NaN : bill - _usd[cheapest];
        return new SimulatedMonth([.. _usd.Select(Known)], cheapest < 0 ? null : _scenario.Options[cheapest].Id, Known(saving));
    }

    private int CheapestAt(int index, double value)
    {
        _values[index] = value;
        _kernel.Set(_values);
        _kernel.Month(_usd);
        _values[index] = _kernel.Inputs[index].Likely;
        return OutlookBuilder.Cheapest(_usd);
    }

    private Flip FlipOf(UncertainInput input, int index)
    {
        var (down, up) = (Nearest(input, index, input.Low), Nearest(input, index, input.High));
        if ((down, up) is (null, null))
        {
            var ends = (Figure(input.Low), Figure(input.High));
            return new Flip(input.Path, input.Name, null, null, _best < 0
                ? Texts.FlipNeverNone.With(input.Name, ends.Item1, ends.Item2)
                : Texts.FlipNever.With(input.Name, ends.Item1, ends.Item2, NameOf(_best)));
        }

        var rises = down is not { } below || (up is { } above && above - input.Likely <= input.Likely - below);
        var value = (rises ? up : down)!.Value;
        var to = CheapestAt(index, value);
        var text = (to, _best) switch
        {
            ( < 0, _) => (rises ? Texts.FlipRisesNone : Texts.FlipFallsNone).With(input.Name, Figure(value), NameOf(_best)),
            (_, < 0) => (rises ? Texts.FlipRisesFirst : Texts.FlipFallsFirst).With(input.Name, Figure(value), NameOf(to)),
            _ => (rises ? Texts.FlipRises : Texts.FlipFalls).With(input.Name, Figure(value), NameOf(to), NameOf(_best)),
        };
        return new Flip(input.Path, input.Name, value, to < 0 ? null : _scenario.Options[to].Id, text);
    }

    /// <summary>The value nearest to the likely one, towards an end, at which another option is the cheapest; null where none is.</summary>
    private double? Nearest(UncertainInput input, int index, double end)
    {
        var (same, step) = (input.Likely, (end - input.Likely) / Steps);
        for (var i = 1; i <= Steps; i++)
        {
            var value = i == Steps ? end : input.Likely + (i * step);
            value = input.IsWhole ? Math.Round(value) : value;
            if (value.Equals(same))
                continue;
            if (CheapestAt(index, value) != _best)
                return Bisect(input, index, same, value);
            same = value;
        }

        return null;
    }

    private double Bisect(UncertainInput input, int index, double same, double other)
    {
        while (Math.Abs(other - same) > (input.IsWhole ? 1 : 1e-12 * Math.Max(Math.Abs(same), Math.Abs(other))))
        {
            var middle = (same + other) / 2;
            middle = input.IsWhole ? Math.Round(middle, MidpointRounding.ToZero) : middle;
            if (middle.Equals(same) || middle.Equals(other))
                break;
            if (CheapestAt(index, middle) == _best)
                same = middle;
            else
                other = middle;
        }

        return other;
    }

    private string NameOf(int option) => _scenario.Options[option].Name;

    private static double? Known(double usd) => double.IsNaN(usd) ? null : usd;

    /// <summary>A value of an input as it stands in sentences: four digits where they say more than <see cref="Wording.Count"/>.</summary>
    private static string Figure(double value)
    {
        if (value == 0 || Math.Abs(value) >= 1_000)
            return Wording.Count(value);
        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15);
        return Math.Round(value, decimals).ToString("0.###############", CultureInfo.CurrentCulture);
    }
}
