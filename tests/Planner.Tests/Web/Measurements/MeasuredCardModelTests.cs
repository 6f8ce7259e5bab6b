using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Measurements;
using Xunit;

namespace Planner.Tests.Web.Measurements;

public class MeasuredCardModelTests
{
    private static readonly Deployment Measured = new("llama-3.1-8b", "fp8", "bf16", "vllm", "H100-SXM", 2, 2);
    private static readonly CatalogChoices Choices = new(
        [], [new Gpu("H100-SXM", "NVIDIA H100", "nvidia", 80, 3_350, 989, null, null, new Provenance("test", null, new(2026, 11, 1)))], []);

    [Fact]
    public void The_title_names_model_and_gpus_and_falls_back_on_keys()
    {
        var card = MeasuredCardModel.From(Reviewed(), Choices);

        Assert.Equal("llama-3.1-8b on 4 × NVIDIA H100", card.Title);
        Assert.Equal("fp8 · KV bf16 · vllm · tensor parallel 2 · pipeline parallel 2", card.Subtitle);
    }

    [Fact]
    public void Each_figure_stands_beside_the_modelled_one_with_its_error()
    {
        var lines = MeasuredCardModel.From(Reviewed(), Choices).Points;

        Assert.Equal(new FigurePair("2,000", "2,200 (+10 %)"), lines[0].Output);
        Assert.Equal(new FigurePair("250 ms", "200 ms (−20 %)"), lines[0].Ttft);
        Assert.Equal(new FigurePair("12.5 ms", "12.5 ms (±0 %)"), lines[0].Itl);
        Assert.Equal(("32 at once", "1,000 in, 200 out", "2026-11-18 · nightly"), (lines[0].Load, lines[0].Tokens, lines[0].Detail));
        Assert.Equal((new FigurePair("800", null), new FigurePair("—", null)), (lines[1].Output, lines[1].Ttft));
        Assert.Equal(("4.5 requests/s", null), (lines[1].Load, lines[1].Detail));
    }

    [Fact]
    public void Without_a_model_the_card_says_why_and_offers_no_calibration()
    {
        var card = MeasuredCardModel.From(Reviewed() with { Modelled = [], Fit = null, Missing = "the architecture is unknown" }, Choices);

        Assert.Equal((false, "the architecture is unknown", 0), (card.CanCalibrate, card.Missing, card.Errors.Count));
        Assert.All(card.Points, point => Assert.Null(point.Output.Modelled));
    }

    [Fact]
    public void A_calibration_that_would_come_out_otherwise_is_stale()
    {
        var reviewed = Reviewed();
        var stored = new Correction(Measured, reviewed.Fit!.Factors, reviewed.Fit.Points, new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc));

        Assert.False(MeasuredCardModel.From(reviewed with { Correction = stored }, Choices).IsStale);
        Assert.True(MeasuredCardModel.From(reviewed with { Correction = stored with { Points = 7 } }, Choices).IsStale);
        Assert.True(MeasuredCardModel.From(reviewed with { Correction = stored with { Factors = new(0.5, null, null) } }, Choices).IsStale);
        Assert.Equal(("1", "needs two points"), ($"{MeasuredCardModel.From(reviewed, Choices).Errors[0].Points}", MeasuredCardModel.From(reviewed, Choices).Errors[0].After));
    }

    [Fact]
    public void A_draft_takes_over_what_all_runs_agree_on()
    {
        var runs = new[] { Run("2"), Run("4") };

        var draft = DeploymentDraft.From(runs, new DeploymentMatcher([], Choices.Gpus, []));

        Assert.Equal(("H100-SXM", "fp8", null, (decimal?)null), (draft.Gpu, draft.Precision, draft.Model, draft.TensorParallel));
        Assert.Equal(("bf16", 1m, 1m), (draft.KvPrecision, draft.PipelineParallel, draft.DataParallel));
        Assert.Equal(["tensorParallel"], draft.Varying);
        Assert.Contains("“mystery-9b”", draft.Hints["model"], StringComparison.Ordinal);
        Assert.Equal(new DeploymentWords { Gpu = "H100-SXM", Precision = "fp8", KvPrecision = "bf16", PipelineParallel = 1, DataParallel = 1 }, draft.Read());
        draft.TensorParallel = 1.5m;
        Assert.Equal(0, draft.Read().TensorParallel);

        static BenchmarkRun Run(string tp) => BenchmarkFiles.Read(System.Text.Encoding.UTF8.GetBytes(
            $"model,precision,gpu,tp,input_len,output_len,output_tok_s\nmystery-9b,fp8,H100-SXM,{tp},1000,200,640")).Runs[0];
    }

    private static ReviewedDeployment Reviewed()
    {
        BenchmarkPoint[] points = [new(1_000, 200, 32, null, 2_000, 0.25, 0.0125), new(1_000, 200, null, 4.5, 800, null, 0.01)];
        ModelledPoint[] modelled = [new(2_200, 0.2, 0.0125), new(null, 0.1, null)];
        var stored = new StoredMeasurement(
            7, Measured, new MeasurementSource(BenchmarkTools.Vllm, "night.json", new string('a', 64), null), new DateTime(2026, 11, 20, 7, 0, 0, DateTimeKind.Utc),
            [new StoredPoint(1, points[0], new(2026, 11, 18), "nightly"), new StoredPoint(2, points[1], null, null)]);
        return new ReviewedDeployment(Measured, [stored], modelled, null, CorrectionFit.Of([.. points.Zip(modelled, (point, said) => new ComparedPoint(point, said))]), null);
    }
}
