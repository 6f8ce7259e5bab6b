using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Entities;

namespace Planner.Web.Hosting;

/// <summary>Keeps the keys that sign sessions and encrypt secrets in the database, so that what one node has signed another one takes. Thread-safe.</summary>
internal sealed class SharedKeys(IDbContextFactory<PlannerDbContext> contexts, CurrentReach reach) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var _ = reach.AsProgram();
        using var context = contexts.CreateDbContext();
        return [.. context.Set<KeyRow>().AsNoTracking().OrderBy(row => row.Id).Select(row => row.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var _ = reach.AsProgram();
        using var context = contexts.CreateDbContext();
        context.Add(new KeyRow { Xml = element.ToString(SaveOptions.DisableFormatting) });
        context.SaveChanges();
    }
}

/// <summary>Registers <see cref="SharedKeys"/>.</summary>
internal static class SharedKeysServices
{
    /// <summary>Has the nodes of a server share their keys, whatever else was said about where keys are kept.</summary>
    public static IServiceCollection AddSharedKeys(this IServiceCollection services)
    {
        services.AddSingleton<SharedKeys>();
        services.AddDataProtection().SetApplicationName("Planner");
        services.AddOptions<KeyManagementOptions>().PostConfigure<SharedKeys>((options, keys) => options.XmlRepository = keys);
        return services;
    }

    /// <summary>Makes a key where there is none yet. Nodes that did so at once would each know their own only, and refuse for a day what the others sign.</summary>
    public static void MakeFirst(IServiceProvider services) => services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Planner.First").Protect([]);
}
