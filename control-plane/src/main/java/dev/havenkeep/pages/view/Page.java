package dev.havenkeep.pages.view;

/** One page of a realm. */
public sealed interface Page
        permits AccountPage,
                ChooseAccountPage,
                ConfirmAccountPage,
                ConfirmSignOutPage,
                ConsentPage,
                DeleteAccountPage,
                DeviceCodePage,
                DeviceConfirmPage,
                DeviceDonePage,
                EmailCodePage,
                ErrorPage,
                FormPostPage,
                NewPasswordPage,
                OnwardPage,
                PasskeyOfferPage,
                ProofPage,
                RecoveryCodesPage,
                RecoverySentPage,
                RecoveryStartPage,
                SecondFactorPage,
                SetUpTotpPage,
                SignedOutPage,
                SignInPage,
                SignUpPage,
                VerifyEmailPage {

    /** What is wrong with what was posted; nothing on a page without a form to fill in. */
    default FormErrors errors() {
        return FormErrors.none();
    }
}
