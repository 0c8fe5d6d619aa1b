using System.Numerics.Tensors;

namespace Pellucid.Host.Tests.Verification;

/// <summary>A principal component has no sign, so verify leaves Eigen-CAM's references out; up to that sign they are met, on both models.</summary>
public sealed class EigenCamTests
{
    private const string SameSign = "tiny-cnn.gradcam.EigenCAM.layer2.logit_i1t2", OtherSign = "tiny-cnn.gradcam.EigenCAM.layer4.emb5_i0.raw", Tokens = "tiny-clip.gradcam.EigenCAM.ln_1.logit_i1t2";

    [Fact]
    public async Task The_component_is_the_published_one_up_to_its_sign()
    {
        using var copy = new SuiteCopy("captum");
        string[] ids = [SameSign + ".raw", SameSign + ".final", OtherSign, Tokens + ".raw", Tokens + ".final"];
        copy.Keep(ids);
        foreach (string id in ids) copy.EditCase(id, c => c.Remove("unstable"));
        copy.EditTensor(OtherSign, t => TensorPrimitives.Negate(t.Floats, t.Floats));
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal((ids.Length, 0, 0, 0), run.Totals);
    }
}
