using NSubstitute;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>What stands for a prediction that there cannot be is for the explainers that would have explained it.</summary>
public sealed class PredictedTargetsTests
{
    [Theory]
    [InlineData("a", "b", "a, b")]
    [InlineData("a", "", "")]
    [InlineData("a", "a", "a")]
    public async Task It_keeps_the_choice_of_explainers(string first, string second, string all)
    {
        PlannedModel model = new(Substitute.For<IVisionLanguageModel>(), "model", "adapter");
        PlannedItem item = new(new DatasetItem { Id = "a", Image = new FileImage("a"), Location = new DatasetLocation("file") }, "unreadable: a", 1, "it is gone");
        TextChoices choices = new(["x", "y"]);
        UnitTarget[] targets = [Target("x", first), Target("y", second), new EmbeddingDimensionUnitTarget(3) { Explainers = ["c"] }];
        IReadOnlyList<UnitTarget> chosen = await new PredictedTargets(model, ImagePreparation.Model, ImageLimits.Default, null).ChooseAsync(item, targets, default);
        Assert.Equal(["embedding-dimension(dimension=3)", "unpredicted"], chosen.Select(t => t.Identity));
        Assert.Equal(all, string.Join(", ", chosen[1].Explainers));

        UnitTarget Target(string text, string explainer) =>
            new MatchingUnitTarget(text, ScoreKind.Cosine) { Choices = choices, Predicted = true, Explainers = explainer.Length == 0 ? [] : [explainer] };
    }
}
