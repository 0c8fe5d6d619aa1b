using Pellucid.Abstractions.Datasets;
using Pellucid.Host.Concepts;

namespace Pellucid.Host.Tests.Concepts;

public sealed class ConceptTests
{
    [Fact]
    public void A_text_says_the_values_that_stand_in_it_as_whole_words()
    {
        DatasetItem item = Item(new BoxRegion("x", "cube", 0, 0, 1, 1) { Attributes = [new RegionAttribute("shape", "cube"), new RegionAttribute("position", "top left"), new RegionAttribute("colour", "red")] });

        Assert.Equal([("colour", 2), ("shape", 3), ("position", 6)], Concept.In("There's Red Cube, at the top left.".Replace("'s", " a", StringComparison.Ordinal), item).Select(c => (c.Attribute.Name, c.FirstWord)).ToArray());
        Assert.Empty(Concept.In("a reddish cubes top", item));
    }

    [Fact]
    public void Where_nothing_else_is_known_of_regions_their_class_counts()
    {
        Concept concept = Assert.Single(Concept.In("a traffic light", Item(new BoxRegion("it", "traffic light", 0, 0, 1, 1))));

        Assert.Equal((new RegionAttribute(Concept.Class, "traffic light"), 1, 2), (concept.Attribute, concept.FirstWord, concept.WordCount));
    }

    private static DatasetItem Item(DatasetRegion region) => new() { Id = "1", Image = new FileImage("/1.png"), Location = new DatasetLocation("test"), Regions = [region] };
}
