namespace Planner.Web.Components.Layout;

/// <summary>Marks a page made for paper: it comes without a circuit, and without Radzen's sheets and scripts.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PaperAttribute : Attribute;
