using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Host.Explaining;

namespace Pellucid.Host.Tests.Explaining;

/// <summary>Whoever's explainer it comes from, a number that is none is found before it is shown or kept.</summary>
public sealed class ExplanationFaultsTests
{
    private static Explanation Good => new()
    {
        Target = new EmbeddingDimensionTarget(0),
        Score = 0.5,
        ExplainedScore = 0.5,
        ExplainedFunction = "the served model",
        Image = new ImageAttribution { Map = HostTensor.Of([0f, 1f], 1, 2), Signed = true, Elements = HostTensor.Of([0f, 1f], 1, 1, 2) },
        Text = new TokenAttribution { Tokens = new TokenizedText("a ring", [0, 1, 2, 3], 4, [], [new TextWord("ring", 2, 1)], false, 4), Importances = [1, 0], Signed = [1, -1] },
        Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [Explanation.InteractionsDetail] = HostTensor.Of([0f, 1f], 1, 1, 2) },
    };

    [Fact]
    public void What_has_numbers_alone_is_good() => Assert.Null(ExplanationFaults.Of(Good));

    [Fact]
    public void Each_place_of_a_number_that_is_none_is_named()
    {
        Dictionary<string, HostTensor> words = new(StringComparer.Ordinal) { [Explanation.InteractionsDetail] = HostTensor.Of([0f, float.NaN], 1, 1, 2) };
        Says("the score is NaN", Good with { Score = double.NaN });
        Says("explained score", Good with { ExplainedScore = double.PositiveInfinity });
        Says("the map holds", Good with { Image = Good.Image! with { Map = HostTensor.Of([float.NaN, 0], 1, 2) } });
        Says("the map holds", Good with { Image = Good.Image! with { Elements = HostTensor.Of([float.PositiveInfinity, 0], 1, 1, 2) } });
        Says("the map is [2]", Good with { Image = Good.Image! with { Map = HostTensor.Of([0f, 1f], 2) } });
        Says("word importances", Good with { Text = Good.Text! with { Signed = [0, float.NaN] } });
        Says("word importances", Good with { Text = Good.Text! with { Importances = [0, float.NaN] } });
        Says("the maps of words", Good with { Details = words });
    }

    private static void Says(string part, Explanation explanation) => Assert.Contains(part, ExplanationFaults.Of(explanation), StringComparison.Ordinal);
}
