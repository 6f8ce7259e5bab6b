using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class GpuNamesTests
{
    [Fact]
    public void Every_answer_is_a_gpu_of_the_catalog() => Assert.Subset(InstanceSnapshots.GpuMemoryGb.Keys.ToHashSet(), GpuNames.Keys.ToHashSet());

    [Theory]
    [InlineData("aws", "p4d.24xlarge", "A100", "A100-40")]
    [InlineData("aws", "p4d.24xlarge", "NVIDIA A100", "A100-40")]
    [InlineData("aws", "p4de.24xlarge", "A100-80GB", "A100-80-SXM")]
    [InlineData("aws", "p4de.24xlarge", "NVIDIA A100", "A100-80-SXM")]
    [InlineData("aws", "g4dn.xlarge", "NVIDIA T4 Tensor Core", "T4")]
    [InlineData("aws", "p6e-gb200.36xlarge", "NVIDIA B200", "GB200")]
    [InlineData("aws", "p6-b200.48xlarge", "NVIDIA B200", "B200-SXM")]
    [InlineData("gcp", "a2-ultragpu-8g", "A100-80GB", "A100-80-SXM")]
    [InlineData("gcp", "a3-megagpu-8g", "H100-MEGA", "H100-SXM")]
    [InlineData("lambda", "gpu_1x_h100_pcie", "H100", "H100-PCIe")]
    [InlineData("lambda", "gpu_8x_h100_sxm5", "H100", "H100-SXM")]
    [InlineData("lambda", "gpu_1x_gh200", "GH200", "GH200")]
    [InlineData("runpod", "1x_A100-80GB_SECURE", "A100-80GB", "A100-80-PCIe")]
    [InlineData("runpod", "1x_A100-80GB-SXM_SECURE", "A100-80GB-SXM", "A100-80-SXM")]
    [InlineData("runpod", "1x_H100-SXM_SECURE", "NVIDIA H100 80GB HBM3", "H100-SXM")]
    [InlineData("runpod", "1x_MI300X_SECURE", "AMD Instinct MI300X OAM", "MI300X")]
    [InlineData("azure", "Standard_NC24ads_A100_v4", "A100-80GB", "A100-80-PCIe")]
    [InlineData("azure", "Standard_ND96amsr_A100_v4", "A100-80GB", "A100-80-SXM")]
    [InlineData("azure", "Standard_NC40ads_H100_v5", "H100", "H100-NVL")]
    [InlineData("hyperstack", "n3-H100-SXM5x8", "H100", "H100-SXM")]
    public void Name_and_machine_together_tell_the_product(string cloud, string type, string name, string gpu) => Assert.Equal(gpu, GpuNames.Find(cloud, type, name));

    [Theory]
    [InlineData("seeweb", "ECS1GPU", "A100")]
    [InlineData("cudo", "epyc-h100", "H100")]
    [InlineData("lambda", "gpu_1x_rtx6000", "RTX6000")]
    [InlineData("runpod", "1x_RTX-PRO-6000-MaxQ_SECURE", "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition")]
    [InlineData("runpod", "1x_PRO-6000-MIG-24GB_SECURE", "NVIDIA RTX PRO 6000 Blackwell Server Edition MIG 1g.24gb")]
    [InlineData("runpod", "1x_RTX-3090-Ti_SECURE", "NVIDIA GeForce RTX 3090 Ti")]
    [InlineData("aws", "g5g.16xlarge", "T4g")]
    [InlineData("aws", "dl1.24xlarge", "Gaudi HL-205")]
    [InlineData("azure", "Standard_NV6ads_A10_v5", "A10")]
    [InlineData("aws", "x", "")]
    public void Name_that_tells_no_known_product_has_no_answer(string cloud, string type, string name) => Assert.Null(GpuNames.Find(cloud, type, name));
}
