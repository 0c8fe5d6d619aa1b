namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>When the mode is converted; it shows on palette, alpha and 16-bit images.</summary>
public enum ColorOrder
{
    /// <summary>Before the resize (Hugging Face, BLIP, timm).</summary>
    BeforeResize = 0,

    /// <summary>After resize and crop (OpenAI, open_clip, Grad-ECLIP).</summary>
    AfterCrop = 1,
}
