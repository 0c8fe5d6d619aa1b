using Pellucid.Abstractions.Prompts;
using Pellucid.Host.Experiments.Planning;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>What is chosen among: short lists stand in keys as they are, long ones by their hash.</summary>
public sealed class ChoicesTests
{
    [Fact]
    public void Short_lists_are_written_out_and_long_ones_hashed()
    {
        Assert.Equal("cat, dog", new TextChoices(["cat", "dog"]).Identity);
        string[] classes = [.. Enumerable.Range(0, 1000).Select(i => $"class {i}")];
        string identity = new TextChoices(classes).Identity;
        Assert.Matches("^1000 texts, sha256 [0-9a-f]{64}$", identity);
        Assert.Equal(identity, new TextChoices(classes).Identity);
        Assert.NotEqual(identity, new TextChoices([.. classes.Select(c => c == "class 999" ? "other" : c)]).Identity);
    }

    [Fact]
    public void Long_prompt_sets_differ_in_every_part()
    {
        string[] identities =
        [
            .. from prompt in new[] { "a photo", "a picture" }
               from ensemble in Enum.GetValues<PromptEnsemble>()
               from padding in Enum.GetValues<PromptPadding>()
               select new PromptChoices([.. Enumerable.Range(0, 1000).Select(i => new PromptTexts($"class {i}", [prompt]))], ensemble, padding).Identity,
        ];
        Assert.Equal(identities.Length, identities.Distinct(StringComparer.Ordinal).Count());
        Assert.All(identities, i => Assert.InRange(i.Length, 64, 100));
    }

    [Fact]
    public void Places_of_texts_are_found()
    {
        TextChoices choices = new(["cat", "dog"]);
        Assert.Equal((0, 1, -1), (choices.IndexOf("cat"), choices.IndexOf("dog"), choices.IndexOf("cow")));
    }
}
