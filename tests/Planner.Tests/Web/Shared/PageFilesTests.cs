using Microsoft.AspNetCore.Components;
using Planner.Data.Audits;
using Planner.Tests.Data;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Shared;

public sealed class PageFilesTests
{
    [Fact]
    public async Task File_of_a_page_is_told_with_its_page_and_the_address_of_a_shared_one_never()
    {
        using var database = await TestDatabase.PreparedAsync();
        var log = database.Get<AuditLog>();
        foreach (var page in new[] { "scenarios/abc/actuals?option=api", "s/secret", "S/secret" })
            await new PageFiles(log, new Address(page)).NoteAsync("file.csv");

        var told = Assert.Single((await log.PageAsync(new AuditQuery())).Items);

        Assert.Equal(("report.exported", "scenarios/abc/actuals", "file.csv"), (told.Action, told.Subject, told.Detail));
    }

    private sealed class Address : NavigationManager
    {
        public Address(string page) => Initialize("http://localhost/", $"http://localhost/{page}");
    }
}
