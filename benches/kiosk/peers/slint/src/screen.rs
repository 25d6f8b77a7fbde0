//! The two screens: the code, and home.

slint::slint! {
    export struct CardView { x: length, y: length, title: string, subtitle: string, picture: image, focused: bool }
    export struct RowTitle { y: length, title: string }

    export component App inherits Window {
        title: "kiosk-slint";
        background: #101418;
        default-font-family: "DejaVu Sans";
        full-screen: true;
        in property <bool> signed-in: false;
        in property <string> instruction;
        in property <string> code;
        in property <string> time-left;
        in property <float> part-left;
        in property <image> qr;
        in property <string> heading: "Signed in";
        in property <[CardView]> cards;
        in property <[RowTitle]> rows;
        callback key(string) -> bool;

        keys := FocusScope {
            key-pressed(event) => { root.key(event.text) ? EventResult.accept : EventResult.reject }
        }
        init => { keys.focus(); }

        if !root.signed-in : Rectangle {
            VerticalLayout {
                x: 80px; width: 1200px; y: 0; height: parent.height; alignment: center; spacing: 30px;
                Text { text: "Sign in on your phone"; font-size: 56px; font-weight: 700; color: #f4f6f8; horizontal-alignment: left; }
                Text { text: root.instruction; font-size: 40px; color: #f4f6f8; }
                Text { text: root.code; font-size: 140px; font-weight: 700; font-family: "DejaVu Sans Mono"; color: #f4f6f8; }
                Rectangle {
                    height: 16px;
                    Rectangle {
                        x: 0; width: 900px; background: #333;
                        Rectangle { x: 0; width: parent.width * root.part-left; background: #4da3ff; }
                    }
                }
                Text { text: root.time-left; font-size: 32px; color: #f4f6f8; }
            }
            Rectangle {
                background: white; width: 492px; height: 492px; x: parent.width - 80px - self.width;
                Image { source: root.qr; width: 100%; height: 100%; image-rendering: pixelated; }
            }
        }
        if root.signed-in : Rectangle {
            Text { x: 60px; y: 30px; text: root.heading; font-size: 48px; color: #f4f6f8; }
            Rectangle {
                y: 120px; height: parent.height - 120px; clip: true;
                for row in root.rows : Text { x: 60px; y: row.y; text: row.title; font-size: 28px; color: #f4f6f8; }
                for card in root.cards : Rectangle {
                    x: card.x; y: card.y; width: 320px; height: 260px;
                    Rectangle { x: -6px; y: -6px; width: 332px; height: 192px; background: card.focused ? #4da3ff : transparent; }
                    Rectangle { x: 0; y: 0; width: 320px; height: 180px; background: #222233; }
                    Image { x: 0; y: 0; width: 320px; height: 180px; source: card.picture; }
                    Text { x: 0; y: 188px; text: card.title; font-size: 24px; color: #f4f6f8; }
                    Text { x: 0; y: 220px; text: card.subtitle; font-size: 18px; color: #99aabb; }
                }
            }
        }
    }
}
