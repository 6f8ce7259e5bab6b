using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Tests.Web.Catalog;
using Planner.Web.Components.Instances;
using Xunit;

namespace Planner.Tests.Web.Instances;

public class InstanceModelTests
{
    [Fact]
    public void A_gpu_hour_is_the_machines_hour_shared_by_its_gpus()
    {
        var row = InstanceRowModel.From(CatalogRows.Instance(new HourlyPrices(5.672m, 2.137m, null, null), gpus: 4));

        Assert.Equal(("$5.672", "$1.418"), (row.OnDemand, row.GpuHour));
        Assert.Equal(("24", "96"), (row.GpuMemory, row.TotalMemory));
    }

    [Fact]
    public void Without_an_on_demand_price_a_gpu_hour_is_unknown()
    {
        var row = InstanceRowModel.From(CatalogRows.Instance(new HourlyPrices(null, 2m, null, null)));

        Assert.Equal(("—", "—", "$2.00"), (row.OnDemand, row.GpuHour, row.Spot));
    }

    [Fact]
    public void The_details_give_every_price_by_gpu_too()
    {
        var detail = InstanceDetailModel.From(CatalogRows.Instance(new HourlyPrices(5.672m, 2m, null, null), gpus: 4));

        Assert.Equal(new HourlyLine("Spot", "$2.00", "$0.50", null), detail.Prices[1]);
    }

    [Fact]
    public void A_draft_needs_a_whole_number_of_gpus_and_their_memory()
    {
        var (edit, problems) = new InstanceDraft { Cloud = "own", Type = "box", Region = "here", Gpu = "H100-SXM", GpuCount = 1.5m, GpuMemoryGb = null }.Read();

        Assert.Null(edit);
        Assert.Equal(["gpuMemoryGb", "gpuCount", "prices"], problems.Select(problem => problem.Path));
    }

    [Fact]
    public void A_view_survives_its_address()
    {
        var state = new InstanceGridState
        {
            Search = "h100",
            Cloud = "aws",
            Gpu = "H100-SXM",
            Yours = true,
            Sort = InstanceSort.Reserved1Y,
            Descending = true,
            Page = 2,
            Row = "aws:p5.48xlarge:us-east-1",
        };

        Assert.Equal(state, InstanceGridState.Read(new Uri(new Uri("http://127.0.0.1"), state.Write())));
    }
}
