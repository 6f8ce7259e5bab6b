namespace Planner.Domain.BreakEvens;

/// <summary>How a point of an axis follows from the variable that is searched. Replicas go with 1 ÷ throughput, so that this is what is searched on that axis.</summary>
/// <param name="Factor">Point ÷ variable, or point × variable; above 0.</param>
/// <param name="IsReciprocal">True where the axis falls as the variable rises.</param>
internal readonly record struct AxisScale(double Factor, bool IsReciprocal = false)
{
    /// <summary>The point of the axis at a value of the variable.</summary>
    public double ToAxis(double variable) => IsReciprocal ? Factor / variable : variable * Factor;

    /// <summary>The variable at a point of the axis.</summary>
    public double FromAxis(double point) => IsReciprocal ? Factor / point : point / Factor;
}
