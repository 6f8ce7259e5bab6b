using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Planner.Data;
using Planner.Domain.Planning;
using Xunit;

namespace Planner.Tests.Architecture;

public class LayeringTests
{
    private static readonly Assembly Domain = typeof(Engine).Assembly;
    private static readonly Assembly Data = typeof(PlannerDbContext).Assembly;
    private static readonly Assembly Web = Assembly.Load("Planner.Web");

    [Fact]
    public void Domain_references_the_framework_only() =>
        Assert.All(Domain.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void Data_references_no_web_assembly() =>
        Assert.DoesNotContain(
            Data.GetReferencedAssemblies(),
            reference => reference.Name == "Planner.Web" || reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void No_component_takes_the_database()
    {
        var components = Web.GetTypes().Where(typeof(ComponentBase).IsAssignableFrom);

        Assert.Empty(components.SelectMany(Dependencies).Where(found => IsDatabase(found.Type)).Select(found => found.Name));
    }

    private static IEnumerable<(string Name, Type Type)> Dependencies(Type component)
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var property in component.GetProperties(all))
            yield return ($"{component.Name}.{property.Name}", property.PropertyType);
        foreach (var field in component.GetFields(all))
            yield return ($"{component.Name}.{field.Name}", field.FieldType);
        foreach (var parameter in component.GetConstructors(all).SelectMany(constructor => constructor.GetParameters()))
            yield return ($"{component.Name}({parameter.Name})", parameter.ParameterType);
    }

    private static bool IsDatabase(Type type) =>
        typeof(DbContext).IsAssignableFrom(type) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDbContextFactory<>));
}
