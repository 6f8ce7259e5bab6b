using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Tests.Data;
using Planner.Tests.Data.Faults;
using Planner.Web.Reports;
using Planner.Web.Reports.Scheduled;
using Xunit;

namespace Planner.Tests.Web.Faults;

/// <summary>The disk that reports are saved to is full.</summary>
public sealed class ReportFolderFaultTests
{
    [Fact]
    public async Task Report_without_room_for_all_of_its_files_leaves_none_and_is_saved_later()
    {
        using var disk = SmallDisk.Mount(megabytes: 4);
        using var database = await TestDatabase.PreparedAsync();
        var store = database.Get<ScenarioStore>();
        var stored = (await store.GetAsync((await store.CreateAsync(TestDatabase.ScenarioOf("Full"), CatalogSnapshot.Empty, TestDatabase.ResultOf("a"))).Id))!;
        var target = Path.Combine(disk.Path, "reports");
        var folder = new ReportFolder(
            DeliveryOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new("Reports:Folder", target)]).Build()), database.Time, NullLogger<ReportFolder>.Instance);
        ReportFile[] files = [new("small.csv", ReportFile.TableType, new byte[10_000]), new("large.pdf", ReportFile.PdfType, new byte[500_000])];
        ReportFolder.Prepare(target);
        disk.Fill(leftBytes: 200_000);

        var refused = await Assert.ThrowsAsync<DeliveryException>(() => folder.SaveAsync(stored, files, CancellationToken.None));

        Assert.DoesNotContain(disk.Path, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(target));
        disk.MakeRoom();
        Assert.Equal(2, (await folder.SaveAsync(stored, files, CancellationToken.None)).Count);
    }
}
