using Pellucid.Abstractions.Explanations;

namespace Pellucid.Plugins.EmbeddingFusion.Tests;

/// <summary>What all maps cost, counted.</summary>
public sealed class CostTests(FusionScene scene) : IClassFixture<FusionScene>
{
    [Theory]
    [InlineData("occlusion(window=24, stride=16)")]
    [InlineData("feature-ablation(patch=24)")]
    [InlineData("rise(masks=20)")]
    public async Task AllDimensionsByEvaluationCostTheEvaluationsOfOne(string inner)
    {
        var one = new CountingModel(scene.Request.Model);
        await scene.ExplainAsync(inner, scene.Request with { Model = one, Targets = [new EmbeddingDimensionTarget(0)] });
        var all = new CountingModel(scene.Request.Model);
        await scene.ExplainAsync($"embedding-fusion(inner={inner}, plan=maps, batch=10)", scene.Request with { Model = all });
        Assert.True(one.Images > 1);
        Assert.Equal(one.Images, all.Images);
    }

    [Theory]
    [InlineData(FusionPlan.Auto, true, false, 1, FusionPlan.Fused)]
    [InlineData(FusionPlan.Auto, true, false, 511, FusionPlan.Fused)]
    [InlineData(FusionPlan.Auto, true, false, 512, FusionPlan.Maps)]
    [InlineData(FusionPlan.Auto, true, true, 600, FusionPlan.Fused)]
    [InlineData(FusionPlan.Auto, false, false, 1, FusionPlan.Maps)]
    [InlineData(FusionPlan.Auto, false, true, 1, FusionPlan.Maps)]
    [InlineData(FusionPlan.Maps, true, false, 1, FusionPlan.Maps)]
    [InlineData(FusionPlan.Fused, true, false, 600, FusionPlan.Fused)]
    public void TheCheaperPlanIsChosen(FusionPlan asked, bool linear, bool evaluates, int texts, FusionPlan chosen)
    {
        (FusionPlan plan, string why) = FusionPlanner.Choose(asked, linear, evaluates, texts, 512);
        Assert.Equal(chosen, plan);
        Assert.NotEmpty(why);
    }
}
