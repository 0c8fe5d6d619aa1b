using Pellucid.Host.Classifying;

namespace Pellucid.Host.Tests.Classifying;

public sealed class AurocTests
{
    [Fact]
    public void Is_the_share_of_pairs_in_order() =>
        Assert.Equal(0.75, Auroc.Of([0.1, 0.4, 0.35, 0.8], [false, false, true, true])!.Value, 1e-15);

    [Fact]
    public void Ties_count_one_half()
    {
        Assert.Equal(0.5, Auroc.Of([1, 1, 1, 1], [true, false, false, true])!.Value, 1e-15);
        Assert.Equal(0.875, Auroc.Of([0, 1, 1, 2], [false, false, true, true])!.Value, 1e-15);
    }

    [Fact]
    public void What_is_not_known_does_not_count() =>
        Assert.Equal(1, Auroc.Of([0, 5, 1], [false, null, true])!.Value, 1e-15);

    [Fact]
    public void One_kind_of_label_has_no_area()
    {
        Assert.Null(Auroc.Of([1, 2], [true, true]));
        Assert.Null(Auroc.Of([1, 2], [false, null]));
    }
}
