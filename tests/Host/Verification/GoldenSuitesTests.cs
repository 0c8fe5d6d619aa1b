using System.Text.Json;

namespace Pellucid.Host.Tests.Verification;

/// <summary>The reference suites of this repository: every case of the implemented methods passes.</summary>
public sealed class GoldenSuitesTests
{
    [Theory]
    [InlineData("tiny-clip", "forward")]
    [InlineData("clip-explainers", "scores", "grad_eclip_image", "grad_eclip_text", "rise")]
    [InlineData("clip-explainers", "raw_attention", "rollout", "grad_cam", "game_image", "game_text", "maskclip", "clip_surgery", "m2ib_text")]
    [InlineData("captum", "forward", "Saliency", "InputXGradient", "Occlusion", "FeatureAblation", "ShapleyValueSampling", "ShapleyValues", "KernelShap", "Lime")]
    [InlineData("captum", "LayerActivation", "LayerGradientXActivation", "LayerAttribution.interpolate", "GradCAM", "GradCAMPlusPlus", "LayerCAM", "ScoreCAM", "AblationCAM", "FullGrad")]
    [InlineData("captum", "IntegratedGradients", "IntegratedGradients.delta", "NoiseTunnel", "GradientShap", "GradientShap.delta", "GuidedBackprop", "Deconvolution")]
    [InlineData("captum", "DeepLift", "DeepLift.delta", "LayerDeepLift")]
    [InlineData("captum", "LRP", "LRP.delta")]
    [InlineData("captum", "fusion/saliency_sum", "fusion/saliency_absmax", "fusion/inputxgradient", "fusion/ig", "fusion/occlusion")]
    [InlineData("captum", "infidelity", "sensitivity_max")]
    [InlineData("quantus", "PixelFlipping", "FaithfulnessEstimate", "FaithfulnessCorrelation", "Monotonicity", "MonotonicityCorrelation", "RegionPerturbation", "Selectivity", "Infidelity", "SensitivityN")]
    [InlineData("quantus", "Sufficiency", "IROF", "ROAD", "Completeness", "NonSensitivity", "InputInvariance", "Deletion", "Insertion", "PerturbationTest", "TextDeletion", "TextInsertion", "TextPerturbation")]
    [InlineData("quantus", "AttributionLocalisation", "AUC", "Focus", "PointingGame", "RelevanceMassAccuracy", "RelevanceRankAccuracy", "TopKIntersection", "PointGame/PG-energy", "PixelAccuracy/AP/maskIoU")]
    [InlineData("quantus", "Complexity", "EffectiveComplexity", "MSTC", "Sparseness", "RelativeInputStability", "RelativeOutputStability", "RelativeRepresentationStability")]
    [InlineData("quantus", "Continuity", "Consistency", "RandomLogit", "MPRT", "EfficientMPRT")]
    [InlineData("preprocess", "clip_48", "clip_resized_u8", "clip_224_u8", "hf_clip_48", "medclip_48", "blip_48")]
    [InlineData("tokenizers", "clip-bpe-tiny", "bert-cased", "bert-uncased")]
    [InlineData("models/medclip-swin", "model")]
    [InlineData("models/medclip-resnet", "model")]
    public async Task Every_case_of_an_implemented_method_passes(string suite, params string[] methods)
    {
        VerifyRun run = await VerifyCommandLine.RunAsync(VerifyCommandLine.Golden(suite), "--json");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        ILookup<string, string> outcomes = json.RootElement.GetProperty("suites")[0].GetProperty("cases").EnumerateArray()
            .ToLookup(c => c.GetProperty("method").GetString()!, c => c.GetProperty("outcome").GetString()!);
        Assert.All(methods, method => Assert.NotEmpty(outcomes[method]));
        Assert.All(methods.SelectMany(m => outcomes[m]), outcome => Assert.Equal("passed", outcome));
    }

    [Fact]
    public async Task Every_case_of_the_manifest_is_counted_once()
    {
        using JsonDocument manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(VerifyCommandLine.Golden("captum"), "manifest.json")));
        VerifyRun run = await VerifyCommandLine.RunAsync(VerifyCommandLine.Golden("captum"));
        (int passed, int failed, int notImplemented, int notApplicable) = run.Totals;
        Assert.Equal(manifest.RootElement.GetProperty("cases").GetArrayLength(), passed + failed + notImplemented + notApplicable);
        Assert.Equal(0, failed);
        Assert.Equal(19, notApplicable);
    }

    [Fact]
    public async Task A_folder_of_suites_runs_them_all()
    {
        using var copy = new SuiteCopy("captum");
        copy.Keep("tiny-clip.value.cos_i0t1", "tiny-cnn.value.emb5_i0");
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Root);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("5 passed, 0 failed, 0 not implemented, 0 not applicable", run.LastLine);
    }

    [Fact]
    public async Task A_method_filter_leaves_out_the_other_methods()
    {
        VerifyRun run = await VerifyCommandLine.RunAsync(VerifyCommandLine.Golden("captum"), "--method", "inputxgrad");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(16, run.Totals.Passed);
        Assert.DoesNotContain("Saliency", run.Output, StringComparison.Ordinal);
    }
}
